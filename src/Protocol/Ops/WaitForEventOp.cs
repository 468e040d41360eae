namespace Stepwell.Protocol.Ops;

/// <summary>A wait for an event.</summary>
public sealed record WaitForEventOp : Op
{
    /// <summary>The event's name.</summary>
    public required string Event { get; init; }

    /// <summary>How long, or until when; empty is now.</summary>
    public required string Timeout { get; init; }

    /// <summary>The condition, over <c>event</c> (the run's) and <c>async</c> (the candidate), if there is one.</summary>
    public string? If { get; init; }

    public override string Code => OpCode.WaitForEvent;
}
