using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>A step of the legacy protocol: its data is the memo as it stands.</summary>
public sealed record StepOp : Op
{
    /// <summary>The step's result.</summary>
    public RawJson Data { get; init; }

    public override string Code => OpCode.Step;
}
