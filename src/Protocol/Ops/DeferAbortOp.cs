namespace Stepwell.Protocol.Ops;

/// <summary>Takes a <see cref="DeferAddOp"/> back.</summary>
public sealed record DeferAbortOp : Op
{
    public override string Code => OpCode.DeferAbort;
}
