using System.Collections.Immutable;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Server;

/// <summary>A queue that tells the pump of this process what arrives when.</summary>
internal sealed class WatchedQueue(IWorkQueue queue, Arrivals arrivals) : IWorkQueue
{
    public int Shards => queue.Shards;

    public async Task SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken)
    {
        await queue.SendAsync(shard, body, delay, cancellationToken);
        arrivals.Expect(shard, delay);
    }

    public Task<Delivery> SendHeldAsync(int shard, string body, TimeSpan lease, CancellationToken cancellationToken) =>
        queue.SendHeldAsync(shard, body, lease, cancellationToken);

    public Task<ImmutableArray<Delivery>> ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken) =>
        queue.ReceiveAsync(shard, max, lease, cancellationToken);

    public async Task<LeaseOutcome> ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken)
    {
        var outcome = await queue.ExtendAsync(delivery, lease, cancellationToken);
        arrivals.Expect(delivery.Shard, lease);
        return outcome;
    }

    public Task<LeaseOutcome> RewriteAsync(Delivery delivery, string body, TimeSpan lease, CancellationToken cancellationToken) =>
        queue.RewriteAsync(delivery, body, lease, cancellationToken);

    public Task DeleteAsync(Delivery delivery, CancellationToken cancellationToken) => queue.DeleteAsync(delivery, cancellationToken);
}
