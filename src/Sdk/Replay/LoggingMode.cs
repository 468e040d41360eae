namespace Stepwell.Sdk.Replay;

/// <summary>What becomes of a line that a function logs.</summary>
internal enum LoggingMode
{
    /// <summary>It is new.</summary>
    Written,

    /// <summary>It is new unless another memo is delivered.</summary>
    HeldBack,

    /// <summary>A call for one step logs only what the step's body does.</summary>
    Silent,
}
