namespace Stepwell.Protocol.Ops;

/// <summary>A wait for a signal.</summary>
public sealed record WaitForSignalOp : Op
{
    public required string Signal { get; init; }

    /// <summary>How long, or until when; empty is now.</summary>
    public required string Timeout { get; init; }

    /// <summary>Whether a waiter that already exists is replaced; otherwise the newcomer fails.</summary>
    public bool Replace { get; init; }

    public override string Code => OpCode.WaitForSignal;
}
