using System.Collections.Immutable;
using System.Globalization;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>Queues with the leases and delays of Azure Storage Queues: a receipt stays good until somebody else receives the message.</summary>
public sealed class InMemoryWorkQueue : IWorkQueue
{
    private static readonly IComparer<Message> s_order =
        Comparer<Message>.Create((one, other) => (one.VisibleAt, one.Number).CompareTo((other.VisibleAt, other.Number)));

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly ImmutableArray<SortedSet<Message>> _shards;
    private readonly Dictionary<string, Message> _messages = [];
    private long _number;

    public InMemoryWorkQueue(TimeProvider time, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        _time = time;
        _shards = [.. Enumerable.Range(0, shards).Select(_ => new SortedSet<Message>(s_order))];
    }

    public int Shards => _shards.Length;

    /// <summary>The number of messages, hidden ones included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _messages.Count;
        }
    }

    /// <summary>When the next message can be received; null when there is none.</summary>
    public DateTimeOffset? NextVisibleAt
    {
        get
        {
            lock (_lock)
                return _messages.Count == 0 ? null : _shards.Where(shard => shard.Count > 0).Min(shard => shard.Min!.VisibleAt);
        }
    }

    public Task SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WorkQueueRules.RequireDelay(delay);
        WorkQueueRules.RequireBody(body);
        lock (_lock)
            Add(shard, body, delay);

        return Task.CompletedTask;
    }

    public Task<Delivery> SendHeldAsync(int shard, string body, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WorkQueueRules.RequireLease(lease);
        WorkQueueRules.RequireBody(body);
        lock (_lock)
            return Task.FromResult(Hide(Add(shard, body, lease), _time.GetUtcNow() + WorkQueueRules.WholeSeconds(lease)));
    }

    public Task<ImmutableArray<Delivery>> ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WorkQueueRules.RequireReceivable(max, lease);
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            var received = _shards[shard].TakeWhile(message => message.VisibleAt <= now).Take(max).ToList();
            return Task.FromResult(received.Select(message =>
            {
                message.DequeueCount++;
                return Hide(message, now + WorkQueueRules.WholeSeconds(lease));
            }).ToImmutableArray());
        }
    }

    public Task<LeaseOutcome> ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WorkQueueRules.RequireExtension(lease);
        return Task.FromResult(Update(delivery, body: null, lease));
    }

    public Task<LeaseOutcome> RewriteAsync(Delivery delivery, string body, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WorkQueueRules.RequireLease(lease);
        WorkQueueRules.RequireBody(body);
        return Task.FromResult(Update(delivery, body, lease));
    }

    public Task DeleteAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (Held(delivery) is { } message)
            {
                _messages.Remove(message.Id);
                _shards[message.Shard].Remove(message);
            }
        }

        return Task.CompletedTask;
    }

    private Message Add(int shard, string body, TimeSpan delay)
    {
        var number = ++_number;
        var message = new Message(number, shard, Id(number), body) { VisibleAt = _time.GetUtcNow() + WorkQueueRules.WholeSeconds(delay) };
        _messages.Add(message.Id, message);
        _shards[shard].Add(message);
        return message;
    }

    private LeaseOutcome Update(Delivery delivery, string? body, TimeSpan lease)
    {
        lock (_lock)
        {
            if (Held(delivery) is not { } message)
                return new LeaseOutcome.Lost();

            message.Body = body ?? message.Body;
            return new LeaseOutcome.Held(Hide(message, _time.GetUtcNow() + WorkQueueRules.WholeSeconds(lease)));
        }
    }

    private Message? Held(Delivery delivery) =>
        _messages.TryGetValue(delivery.Id, out var message) && message.Receipt == delivery.Receipt ? message : null;

    private Delivery Hide(Message message, DateTimeOffset until)
    {
        _shards[message.Shard].Remove(message);
        message.VisibleAt = until;
        message.Receipt = Id(++_number);
        _shards[message.Shard].Add(message);
        return new Delivery(message.Shard, message.Id, message.Receipt, message.Body, message.DequeueCount);
    }

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Message(long number, int shard, string id, string body)
    {
        public long Number { get; } = number;

        public int Shard { get; } = shard;

        public string Id { get; } = id;

        public string Body { get; set; } = body;

        public string Receipt { get; set; } = "";

        public long DequeueCount { get; set; }

        public DateTimeOffset VisibleAt { get; set; }
    }
}
