namespace Stepwell.Protocol.Ops;

/// <summary>A function to be started when the run ends; its parameters are in <see cref="Op.Opts"/>.</summary>
public sealed record DeferAddOp : Op
{
    public override string Code => OpCode.DeferAdd;
}
