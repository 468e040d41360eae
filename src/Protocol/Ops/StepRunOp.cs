using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>A step that was executed in this call, with its result.</summary>
public sealed record StepRunOp : Op
{
    /// <summary>The step's result.</summary>
    public RawJson Data { get; init; }

    public override string Code => OpCode.StepRun;
}
