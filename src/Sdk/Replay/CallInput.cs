using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Sdk.Replay;

/// <summary>What a call asks, and what it brings along.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Target">The one step to run; null to go on wherever the function can.</param>
/// <param name="Attempt">The attempt, from 0.</param>
/// <param name="MaxAttempts">Attempts in all.</param>
/// <param name="PlansOnly">A step found alone is reported instead of being run.</param>
/// <param name="Events">The run's events, at least one.</param>
/// <param name="Memos">The memos by step.</param>
/// <param name="Order">The settled steps in order of completion.</param>
/// <param name="Checkpoints">Where steps are made durable while the call goes on; null when it ends with the step that it runs.</param>
internal sealed record CallInput(
    string RunId,
    StepKey? Target,
    int Attempt,
    int MaxAttempts,
    bool PlansOnly,
    IReadOnlyList<RawJson> Events,
    IReadOnlyDictionary<StepKey, Memo> Memos,
    IReadOnlyList<StepKey> Order,
    CheckpointPlace? Checkpoints = null)
{
    public bool IsLastAttempt => Attempt + 1 >= MaxAttempts;
}
