using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>A call of another function as a child run.</summary>
public sealed record InvokeFunctionOp : Op
{
    /// <summary>The composite id of the function.</summary>
    public required FunctionId Function { get; init; }

    /// <summary>The child's input: an object with <c>data</c>.</summary>
    public RawJson Payload { get; init; }

    /// <summary>How long, or until when; null is one year.</summary>
    public string? Timeout { get; init; }

    public override string Code => OpCode.InvokeFunction;
}
