namespace Stepwell.Protocol.Ops;

/// <summary>A sleep.</summary>
public sealed record SleepOp : Op
{
    /// <summary>How long, or until when (see <see cref="TimeString"/>).</summary>
    public required string Until { get; init; }

    public override string Code => OpCode.Sleep;
}
