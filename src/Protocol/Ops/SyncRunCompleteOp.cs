using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>A function of the synchronous API returned.</summary>
public sealed record SyncRunCompleteOp : Op
{
    /// <summary>The function's result.</summary>
    public RawJson Data { get; init; }

    public override string Code => OpCode.SyncRunComplete;
}
