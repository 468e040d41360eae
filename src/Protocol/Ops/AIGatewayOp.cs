namespace Stepwell.Protocol.Ops;

/// <summary>An inference request that the executor makes; its parameters are in <see cref="Op.Opts"/>.</summary>
public sealed record AIGatewayOp : Op
{
    public override string Code => OpCode.AIGateway;
}
