namespace Stepwell.Sdk.Replay;

/// <summary>What came of a checkpoint.</summary>
internal enum CheckpointOutcome
{
    /// <summary>The steps are durable.</summary>
    Saved,

    /// <summary>Another call has taken the place of this one, or the run has ended.</summary>
    Superseded,

    /// <summary>They may not be durable; the call's answer has to bring them.</summary>
    Failed,
}
