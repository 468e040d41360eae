namespace Stepwell.Protocol.Ops;

/// <summary>Nothing to do.</summary>
public sealed record NoneOp : Op
{
    public override string Code => OpCode.None;
}
