using System.Collections.Immutable;
using Stepwell.Executor.Ports;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>A queue in which there is never anything. It counts how often somebody looks.</summary>
internal sealed class EmptyQueue(int shards) : IWorkQueue
{
    private int _looks;

    public int Looks => _looks;

    public int Shards => shards;

    public Task<ImmutableArray<Delivery>> ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looks);
        return Task.FromResult(ImmutableArray<Delivery>.Empty);
    }

    public Task SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LeaseOutcome> RewriteAsync(Delivery delivery, string body, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Delivery> SendHeldAsync(int shard, string body, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LeaseOutcome> ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(Delivery delivery, CancellationToken cancellationToken) => throw new NotSupportedException();
}
