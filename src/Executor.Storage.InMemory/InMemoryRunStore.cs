using System.Globalization;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>Runs as the immutable values that they are.</summary>
public sealed class InMemoryRunStore : IRunStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RunId, (Run Run, long Version)> _runs = [];

    public Task<CreateRunOutcome> CreateAsync(Run run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_runs.TryGetValue(run.Id, out var existing))
                return Task.FromResult<CreateRunOutcome>(new CreateRunOutcome.Exists(existing.Run.CreatedAt));

            _runs.Add(run.Id, (run, 0));
            return Task.FromResult<CreateRunOutcome>(new CreateRunOutcome.Created(Name(0)));
        }
    }

    public Task<ReadRunOutcome> ReadAsync(RunId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult<ReadRunOutcome>(
                _runs.TryGetValue(id, out var found) ? new ReadRunOutcome.Found(found.Run, Name(found.Version)) : new ReadRunOutcome.NotFound());
        }
    }

    public Task<CommitRunOutcome> CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_runs.TryGetValue(before.Id, out var found))
                return Task.FromResult<CommitRunOutcome>(new CommitRunOutcome.NotFound());

            if (Name(found.Version) != version)
                return Task.FromResult<CommitRunOutcome>(new CommitRunOutcome.Conflict());

            var next = found.Version + 1;
            _runs[before.Id] = (after, next);
            return Task.FromResult<CommitRunOutcome>(new CommitRunOutcome.Committed(Name(next)));
        }
    }

    public Task RemoveAsync(RunId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            _runs.Remove(id);

        return Task.CompletedTask;
    }

    private static RunVersion Name(long version) => new(version.ToString(CultureInfo.InvariantCulture));
}
