namespace Stepwell.Protocol.Ops;

/// <summary>A step that was found and waits for a call of its own.</summary>
public sealed record StepPlannedOp : Op
{
    public override string Code => OpCode.StepPlanned;
}
