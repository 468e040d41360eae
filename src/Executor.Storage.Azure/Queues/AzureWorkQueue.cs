using System.Collections.Immutable;
using System.Text;
using System.Xml;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.Azure.Queues;

/// <summary>Shards as storage queues, with bodies as plain text that never expires.</summary>
internal sealed class AzureWorkQueue : IWorkQueue
{
    private const int MaxReceived = 32;

    // What Azure takes for "never".
    private static readonly TimeSpan s_never = TimeSpan.FromSeconds(-1);

    private readonly ImmutableArray<QueueClient> _queues;
    private readonly ImmutableArray<QueueClient> _onceOnly;

    public AzureWorkQueue(StorageClients clients, AzureStorageOptions options)
    {
        _queues = [.. Enumerable.Range(0, options.Shards).Select(clients.Queue)];
        _onceOnly = [.. Enumerable.Range(0, options.Shards).Select(clients.QueueOnce)];
    }

    public int Shards => _queues.Length;

    public Task SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken)
    {
        RequireTime(delay, TimeSpan.Zero, nameof(delay));
        if (Encoding.UTF8.GetByteCount(body) is > IWorkQueue.MaxBodyBytes and var size)
            throw new ArgumentException($"The message has {size} bytes; the limit is {IWorkQueue.MaxBodyBytes}.", nameof(body));

        if (body.FirstOrDefault(c => !XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c)) is not '\0' and var forbidden)
            throw new ArgumentException($"The message holds the character U+{(int)forbidden:X4}, which a storage queue does not carry.", nameof(body));

        // Azurite takes the empty body that Azure refuses.
        if (body.Length == 0 || body.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("The message is empty or holds the character U+0000, which a storage queue does not carry.", nameof(body));

        return _queues[shard].CreateIfMissingAsync(
            () => _onceOnly[shard].SendMessageAsync(body, WholeSeconds(delay), s_never, cancellationToken), cancellationToken);
    }

    public async Task<ImmutableArray<Delivery>> ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxReceived);
        RequireTime(lease, TimeSpan.FromSeconds(1), nameof(lease));
        var received = await _queues[shard].CreateIfMissingAsync(
            () => _queues[shard].ReceiveMessagesAsync(max, WholeSeconds(lease), cancellationToken), cancellationToken);
        return [.. received.Value.Select(message => new Delivery(shard, message.MessageId, message.PopReceipt, message.Body.ToString(), message.DequeueCount))];
    }

    public async Task<LeaseOutcome> ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken)
    {
        RequireTime(lease, TimeSpan.Zero, nameof(lease));
        try
        {
            var updated = await _queues[delivery.Shard].UpdateMessageAsync(
                delivery.Id, delivery.Receipt, (string?)null, WholeSeconds(lease), cancellationToken);
            return new LeaseOutcome.Held(delivery with { Receipt = updated.Value.PopReceipt });
        }
        catch (RequestFailedException lost) when (IsLost(lost))
        {
            return new LeaseOutcome.Lost();
        }
    }

    public async Task DeleteAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await _queues[delivery.Shard].DeleteMessageAsync(delivery.Id, delivery.Receipt, cancellationToken);
        }
        catch (RequestFailedException lost) when (IsLost(lost))
        {
            // Somebody else received it since, or it is deleted: both leave nothing to do.
        }
    }

    private static bool IsLost(RequestFailedException exception) =>
        exception.Status == 404 || exception.ErrorCode == QueueErrorCode.PopReceiptMismatch || exception.ErrorCode == QueueErrorCode.MessageNotFound;

    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));

    private static void RequireTime(TimeSpan time, TimeSpan least, string name)
    {
        if (time < least || time > IWorkQueue.MaxDelay)
            throw new ArgumentException($"{time} is out of range: {least} to {IWorkQueue.MaxDelay}.", name);
    }
}
