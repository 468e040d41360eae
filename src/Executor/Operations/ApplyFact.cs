using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Lets a fact from outside (the API, the timer) happen to a run: decides it against the newest row until it is committed, then sends what follows.</summary>
public sealed class ApplyFact(IRunStore runs, CommitEffects effects, TimeProvider time)
{
    /// <summary>Returns the run as it stands afterwards; null when there is no such run.</summary>
    public async Task<Run?> ToAsync(RunId id, Fact fact, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await runs.ReadAsync(id, cancellationToken) is not ReadRunOutcome.Found found)
                return null;

            var decision = RunDecider.Decide(found.Run, fact, time.GetUtcNow());
            if (ReferenceEquals(decision.Run, found.Run))
                return found.Run;

            var children = await effects.BeforeAsync(found.Run, decision.Run, cancellationToken);
            switch (await runs.CommitAsync(found.Run, found.Version, decision.Run, cancellationToken))
            {
                case CommitRunOutcome.Committed:
                    await effects.AfterAsync(found.Run, decision.Run, decision.Hints, children, cancellationToken);
                    return decision.Run;
                case CommitRunOutcome.NotFound:
                    return null;
                default:
                    continue;
            }
        }
    }
}
