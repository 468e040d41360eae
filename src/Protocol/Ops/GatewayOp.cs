namespace Stepwell.Protocol.Ops;

/// <summary>An HTTP request that the executor makes; its parameters are in <see cref="Op.Opts"/>.</summary>
public sealed record GatewayOp : Op
{
    public override string Code => OpCode.Gateway;
}
