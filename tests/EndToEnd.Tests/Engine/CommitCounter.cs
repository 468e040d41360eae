using Microsoft.Extensions.DependencyInjection;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.EndToEnd.Tests.Engine;

/// <summary>Counts the commits that go through to storage.</summary>
internal sealed class CommitCounter
{
    private int _count;

    public int Count => _count;

    public static CommitCounter Around(IServiceCollection services)
    {
        var counter = new CommitCounter();
        var store = services.Last(service => service.ServiceType == typeof(IRunStore));
        services.Remove(store);
        services.AddSingleton<IRunStore>(provider => new Store((IRunStore)store.ImplementationFactory!(provider), counter));
        return counter;
    }

    private sealed class Store(IRunStore inner, CommitCounter counter) : IRunStore
    {
        public Task<CreateRunOutcome> CreateAsync(Run run, CancellationToken cancellationToken) => inner.CreateAsync(run, cancellationToken);

        public Task<ReadRunOutcome> ReadAsync(RunId id, CancellationToken cancellationToken) => inner.ReadAsync(id, cancellationToken);

        public Task<CommitRunOutcome> CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref counter._count);
            return inner.CommitAsync(before, version, after, cancellationToken);
        }

        public Task RemoveAsync(RunId id, CancellationToken cancellationToken) => inner.RemoveAsync(id, cancellationToken);
    }
}
