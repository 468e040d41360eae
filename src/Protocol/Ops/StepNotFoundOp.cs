namespace Stepwell.Protocol.Ops;

/// <summary>The step that the call asked for was not reached.</summary>
public sealed record StepNotFoundOp : Op
{
    public override string Code => OpCode.StepNotFound;
}
