using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Storage in memory that writes every request down, and lets a test come in between.</summary>
internal sealed class JournalledPorts(InMemoryStorage storage, Journal journal) : IRunStore, ILiveIndex, IWorkQueue
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<Task>>> _before = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<Task>>> _after = new();

    /// <summary>Every lease is lost, as if others had received the messages meanwhile.</summary>
    public bool LosesLeases { get; set; }

    /// <summary>Rows that are to be removed soon stay.</summary>
    public bool LosesRemovals { get; set; }

    public int Shards => storage.Queue.Shards;

    /// <summary>Does something before the next request of a kind; several are done one a request.</summary>
    public void Before(string operation, Func<Task> act) => _before.GetOrAdd(operation, _ => new()).Enqueue(act);

    /// <summary>Does something when the next request of a kind has taken effect, before it returns.</summary>
    public void After(string operation, Func<Task> act) => _after.GetOrAdd(operation, _ => new()).Enqueue(act);

    /// <summary>Lets the next request of a kind fail, before or after it took effect.</summary>
    public void Fail(string operation, bool afterEffect = false)
    {
        (afterEffect ? _after : _before).GetOrAdd(operation, _ => new()).Enqueue(Fails);

        Task Fails() => throw new IOException($"Storage is down for a {operation}.");
    }

    /// <summary>Lets the next request of a kind wait until the result is set.</summary>
    public TaskCompletionSource Hold(string operation)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Before(operation, () => gate.Task);
        return gate;
    }

    public Task<CreateRunOutcome> CreateAsync(Run run, CancellationToken cancellationToken) => DoAsync("create", () => storage.Runs.CreateAsync(run, cancellationToken));

    public Task<ReadRunOutcome> ReadAsync(RunId id, CancellationToken cancellationToken) => DoAsync("read", () => storage.Runs.ReadAsync(id, cancellationToken));

    public Task<CommitRunOutcome> CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken) =>
        DoAsync("commit", () => storage.Runs.CommitAsync(before, version, after, cancellationToken));

    public Task RemoveAsync(RunId id, CancellationToken cancellationToken) => DoAsync("remove run", () => Done(storage.Runs.RemoveAsync(id, cancellationToken)));

    public Task AddAsync(ImmutableArray<LiveEntry> entries, CancellationToken cancellationToken) =>
        DoAsync("live add", () => Done(storage.Live.AddAsync(entries, cancellationToken)));

    public Task MoveAsync(LiveEntry entry, DateTimeOffset checkAt, CancellationToken cancellationToken) =>
        DoAsync("live move", () => Done(storage.Live.MoveAsync(entry, checkAt, cancellationToken)));

    public Task RemoveAsync(LiveEntry entry, CancellationToken cancellationToken) =>
        DoAsync("live remove", () => Done(storage.Live.RemoveAsync(entry, cancellationToken)));

    public void RemoveSoon(LiveEntry entry)
    {
        journal.Write("live remove soon");
        if (!LosesRemovals)
            storage.Live.RemoveSoon(entry);
    }

    public IAsyncEnumerable<LiveEntry> AllAsync(CancellationToken cancellationToken) => storage.Live.AllAsync(cancellationToken);

    public Task<ImmutableArray<LiveEntry>> DueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken) =>
        DoAsync("live due", () => storage.Live.DueAsync(now, max, cancellationToken));

    public Task SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken) =>
        DoAsync("send", () => Done(storage.Queue.SendAsync(shard, body, delay, cancellationToken)));

    public Task<Delivery> SendHeldAsync(int shard, string body, TimeSpan lease, CancellationToken cancellationToken) =>
        DoAsync("send held", () => storage.Queue.SendHeldAsync(shard, body, lease, cancellationToken));

    public Task<ImmutableArray<Delivery>> ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken) =>
        DoAsync("receive", () => storage.Queue.ReceiveAsync(shard, max, lease, cancellationToken));

    public Task<LeaseOutcome> ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken) => DoAsync(
        $"extend {lease.TotalSeconds.ToString(CultureInfo.InvariantCulture)}",
        () => LosesLeases ? Task.FromResult<LeaseOutcome>(new LeaseOutcome.Lost()) : storage.Queue.ExtendAsync(delivery, lease, cancellationToken));

    public Task<LeaseOutcome> RewriteAsync(Delivery delivery, string body, TimeSpan lease, CancellationToken cancellationToken) => DoAsync(
        "rewrite", () => LosesLeases ? Task.FromResult<LeaseOutcome>(new LeaseOutcome.Lost()) : storage.Queue.RewriteAsync(delivery, body, lease, cancellationToken));

    public Task DeleteAsync(Delivery delivery, CancellationToken cancellationToken) =>
        DoAsync("delete", () => Done(storage.Queue.DeleteAsync(delivery, cancellationToken)));

    private async Task<T> DoAsync<T>(string operation, Func<Task<T>> request)
    {
        journal.Write(operation);
        await Task.Yield();
        if (_before.TryGetValue(operation, out var before) && before.TryDequeue(out var first))
            await first();

        var outcome = await request();
        if (_after.TryGetValue(operation, out var after) && after.TryDequeue(out var last))
            await last();

        return outcome;
    }

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }
}
