using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Sending;

namespace Stepwell.Sdk.Replay;

/// <summary>
/// Lets the function go on within a call after a step that was run in it. The step is durable before the next one begins, and before the function waits for
/// anything; the last step of all goes with the function's result.
/// </summary>
internal sealed class Checkpointing(CallInput call, CheckpointSender sender, TimeProvider time, CancellationToken cancellationToken)
{
    // As in the other SDKs. A longer call could meet a proxy's patience, and more of it is lost when the app dies.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly long _began = time.GetTimestamp();

    /// <summary>The step that was run last, until it is durable.</summary>
    public StepRunOp? Unsaved { get; private set; }

    /// <summary>Whether the function goes on after a step. After one that took several attempts it does not: only another call begins to count anew.</summary>
    public bool GoesOn => call.Checkpoints is not null && sender.IsReady && call.Attempt == 0 && time.GetElapsedTime(_began) < s_longest;

    /// <summary>Remembers a step that is not durable yet.</summary>
    public void Keep(StepRunOp step) => Unsaved = step;

    /// <summary>Makes the last step durable. Returns how the call has to end where that cannot be done.</summary>
    public async Task<PassResult?> SaveAsync()
    {
        if (Unsaved is not { } step)
            return null;

        switch (await sender.SendAsync(call.RunId, call.Checkpoints!, step, cancellationToken))
        {
            case CheckpointOutcome.Saved:
                Unsaved = null;
                return null;
            case CheckpointOutcome.Superseded:
                return new PassResult.Superseded();
            default:
                return new PassResult.Reported([step]);
        }
    }
}
