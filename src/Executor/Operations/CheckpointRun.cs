using System.Collections.Immutable;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Operations;

/// <summary>Remembers steps that a call has run while the call goes on: durable when it returns.</summary>
public sealed class CheckpointRun(RunSessions sessions, TimeProvider time)
{
    /// <param name="id">The run.</param>
    /// <param name="dispatch">The dispatch of discovery that the call carries.</param>
    /// <param name="ops">Steps that have been run; those that are remembered already are passed over.</param>
    public async Task<CheckpointOutcome> CheckpointAsync(RunId id, DispatchKey dispatch, ImmutableArray<Op> ops)
    {
        CheckpointOutcome outcome = new CheckpointOutcome.NotFound();
        await sessions.WithAsync(id, async session =>
        {
            var now = time.GetUtcNow();
            var fact = new Fact.Checkpointed(dispatch, new CallTimes(now, now), ops) { By = Handling.Outside };
            var isNewest = false;
            while (outcome is CheckpointOutcome.NotFound)
            {
                await session.ApplyAtOnceAsync(fact);
                if (session.Current is not { } run)
                    return;

                // Open is not enough: the fact may have been decided on an older state, and the state be read anew since.
                if (Checkpointing.IsOpen(run, dispatch))
                {
                    if (ops.All(op => !Checkpointing.Takes(op) || run.Steps.ContainsKey(op.Id)))
                        outcome = new CheckpointOutcome.Remembered();
                }
                else if (isNewest)
                    outcome = new CheckpointOutcome.Superseded();
                else
                {
                    // What is known here may be older than the call: another process may have dispatched it.
                    await session.ReloadAsync();
                    isNewest = true;
                }
            }
        });
        return outcome;
    }
}
