using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>A step that failed for good.</summary>
public sealed record StepFailedOp : Op
{
    /// <summary>The error object, as sent.</summary>
    public RawJson Error { get; init; }

    public override string Code => OpCode.StepFailed;
}
