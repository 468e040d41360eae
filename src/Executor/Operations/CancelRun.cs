using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Ends a run because somebody asked for it. A call under way ends by itself; its result is dropped.</summary>
public sealed class CancelRun(ApplyFact apply)
{
    /// <summary>Returns the run as it stands afterwards; null when there is none. One that has ended stays as it ended.</summary>
    public Task<Run?> CancelAsync(RunId id, string reason, CancellationToken cancellationToken) =>
        apply.ToAsync(id, new Fact.CancelAsked(reason) { By = Handling.Outside }, cancellationToken);
}
