namespace Stepwell.Protocol.Ops;

/// <summary>The SDK reached its longest run time and asks for another discovery call.</summary>
public sealed record DiscoveryRequestOp : Op
{
    public override string Code => OpCode.DiscoveryRequest;
}
