using Azure.Storage.Queues.Models;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Functions;

/// <summary>
/// Hands messages of the queue trigger to the engine, which deletes them, keeps them hidden or puts them off itself; the host, whose receipts are old by then, leaves them alone.
/// Only storage makes this throw: then the host gives the message back, until it has had enough of it.
/// </summary>
public sealed class RunQueue(AdvanceRun advance, GiveUpMessage giveUp)
{
    private const int Shard = 0;

    public Task HandleAsync(QueueMessage message, CancellationToken stopping) =>
        advance.HandleAsync(new Delivery(Shard, message.MessageId, message.PopReceipt, message.Body.ToString(), message.DequeueCount), stopping);

    /// <summary>A message that the host has given up: its run fails.</summary>
    public Task GiveUpAsync(QueueMessage message, CancellationToken stopping) => giveUp.HandleAsync(message.MessageId, message.Body.ToString(), stopping);
}
