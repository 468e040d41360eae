using System.Collections.Concurrent;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Bench.Executor;

/// <summary>Knows of each run that has ended when its end became durable, without asking storage.</summary>
internal sealed class EndedRuns
{
    private readonly ConcurrentDictionary<RunId, TaskCompletionSource<RunStatus>> _ended = new();

    /// <summary>Returns how a run has ended, once it has.</summary>
    public Task<RunStatus> OfAsync(RunId run) => Of(run).Task;

    /// <summary>Watches the run store among the services.</summary>
    public void Watch(IServiceCollection services)
    {
        var store = services.Last(service => service.ServiceType == typeof(IRunStore));
        services.Remove(store);
        services.AddSingleton<IRunStore>(provider => new Store((IRunStore)store.ImplementationFactory!(provider), this));
    }

    private TaskCompletionSource<RunStatus> Of(RunId run) => _ended.GetOrAdd(run, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Store(IRunStore inner, EndedRuns ended) : IRunStore
    {
        public Task<CreateRunOutcome> CreateAsync(Run run, CancellationToken cancellationToken) => inner.CreateAsync(run, cancellationToken);

        public Task<ReadRunOutcome> ReadAsync(RunId id, CancellationToken cancellationToken) => inner.ReadAsync(id, cancellationToken);

        public async Task<CommitRunOutcome> CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken)
        {
            var outcome = await inner.CommitAsync(before, version, after, cancellationToken);
            if (outcome is CommitRunOutcome.Committed && !after.IsLive)
                ended.Of(after.Id).TrySetResult(after.Status);

            return outcome;
        }

        public Task RemoveAsync(RunId id, CancellationToken cancellationToken) => inner.RemoveAsync(id, cancellationToken);
    }
}
