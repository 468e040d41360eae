using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Sending;

namespace Stepwell.Sdk.Replay;

/// <summary>Lets the function go on within a call after a step that was run in it: as soon as the step is durable, so that the function never sees a result that could change.</summary>
internal sealed class Checkpointing(CallInput call, CheckpointSender sender, TimeProvider time, CancellationToken cancellationToken)
{
    // As in the other SDKs. A longer call could meet a proxy's patience, and more of it is lost when the app dies.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly long _began = time.GetTimestamp();

    /// <summary>Whether the function goes on after a step. After one that took several attempts it does not: only another call begins to count anew.</summary>
    public bool GoesOn => call.Checkpoints is not null && sender.IsReady && call.Attempt == 0 && time.GetElapsedTime(_began) < s_longest;

    /// <summary>Makes a step durable. Returns how the call has to end if that cannot be done.</summary>
    public async Task<PassResult?> SaveAsync(StepRunOp step) => await sender.SendAsync(call.RunId, call.Checkpoints!, step, cancellationToken) switch
    {
        CheckpointOutcome.Saved => null,
        CheckpointOutcome.Superseded => new PassResult.Superseded(),
        _ => new PassResult.Reported([step]),
    };
}
