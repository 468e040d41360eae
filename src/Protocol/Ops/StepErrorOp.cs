using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>An attempt of a step that failed; the step may be tried again.</summary>
public sealed record StepErrorOp : Op
{
    /// <summary>The error object, as sent.</summary>
    public RawJson Error { get; init; }

    public override string Code => OpCode.StepError;
}
