using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>The function returned: the same as a 200.</summary>
public sealed record RunCompleteOp : Op
{
    /// <summary>The function's result.</summary>
    public RawJson Data { get; init; }

    public override string Code => OpCode.RunComplete;
}
