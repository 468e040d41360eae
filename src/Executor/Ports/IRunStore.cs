using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Ports;

/// <summary>
/// Runs, each in one partition. Every change of a run is atomic and conditional: it is seen whole or not at all, and only if
/// nobody changed the run in between. An exception means that the storage is down, and then it is unknown whether the change took effect.
/// </summary>
public interface IRunStore
{
    /// <summary>Creates a run, unless one of this id exists.</summary>
    Task<CreateRunOutcome> CreateAsync(Run run, CancellationToken cancellationToken);

    /// <summary>Reads a run with all its steps as one state, never a mixture of two.</summary>
    Task<ReadRunOutcome> ReadAsync(RunId id, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces <paramref name="before"/>, which was read or committed as <paramref name="version"/>, by <paramref name="after"/>. Steps that are the same object
    /// in both are not written. Must not report a conflict for a change of its own that took effect at a first try whose answer was lost.
    /// </summary>
    Task<CommitRunOutcome> CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken);

    /// <summary>Removes all that is stored of a run. One that is missing, or half removed, is no error.</summary>
    Task RemoveAsync(RunId id, CancellationToken cancellationToken);
}
