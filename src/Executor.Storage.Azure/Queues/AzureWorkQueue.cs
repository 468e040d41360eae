using System.Collections.Immutable;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.Azure.Queues;

/// <summary>Shards as storage queues, with bodies as plain text that never expires.</summary>
internal sealed class AzureWorkQueue : IWorkQueue
{
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
        WorkQueueRules.RequireDelay(delay);
        WorkQueueRules.RequireBody(body);
        return _queues[shard].CreateIfMissingAsync(
            () => _onceOnly[shard].SendMessageAsync(body, WorkQueueRules.WholeSeconds(delay), s_never, cancellationToken), cancellationToken);
    }

    public async Task<Delivery> SendHeldAsync(int shard, string body, TimeSpan lease, CancellationToken cancellationToken)
    {
        WorkQueueRules.RequireLease(lease);
        WorkQueueRules.RequireBody(body);
        var sent = await _queues[shard].CreateIfMissingAsync(
            () => _onceOnly[shard].SendMessageAsync(body, WorkQueueRules.WholeSeconds(lease), s_never, cancellationToken), cancellationToken);
        return new Delivery(shard, sent.Value.MessageId, sent.Value.PopReceipt, body, DequeueCount: 0);
    }

    public async Task<ImmutableArray<Delivery>> ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        WorkQueueRules.RequireReceivable(max, lease);
        var received = await _queues[shard].CreateIfMissingAsync(
            () => _queues[shard].ReceiveMessagesAsync(max, WorkQueueRules.WholeSeconds(lease), cancellationToken), cancellationToken);
        return [.. received.Value.Select(message => new Delivery(shard, message.MessageId, message.PopReceipt, message.Body.ToString(), message.DequeueCount))];
    }

    public Task<LeaseOutcome> ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken)
    {
        WorkQueueRules.RequireExtension(lease);
        return UpdateAsync(delivery, body: null, lease, cancellationToken);
    }

    public Task<LeaseOutcome> RewriteAsync(Delivery delivery, string body, TimeSpan lease, CancellationToken cancellationToken)
    {
        WorkQueueRules.RequireLease(lease);
        WorkQueueRules.RequireBody(body);
        return UpdateAsync(delivery, body, lease, cancellationToken);
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

    /// <param name="delivery">The message, held.</param>
    /// <param name="body">Null: as it is.</param>
    /// <param name="lease">How long it is hidden.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    private async Task<LeaseOutcome> UpdateAsync(Delivery delivery, string? body, TimeSpan lease, CancellationToken cancellationToken)
    {
        try
        {
            var updated = await _queues[delivery.Shard].UpdateMessageAsync(delivery.Id, delivery.Receipt, body, WorkQueueRules.WholeSeconds(lease), cancellationToken);
            return new LeaseOutcome.Held(delivery with { Receipt = updated.Value.PopReceipt, Body = body ?? delivery.Body });
        }
        catch (RequestFailedException lost) when (IsLost(lost))
        {
            return new LeaseOutcome.Lost();
        }
    }

    private static bool IsLost(RequestFailedException exception) =>
        exception.Status == 404 || exception.ErrorCode == QueueErrorCode.PopReceiptMismatch || exception.ErrorCode == QueueErrorCode.MessageNotFound;
}
