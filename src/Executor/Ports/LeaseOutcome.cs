namespace Stepwell.Executor.Ports;

/// <summary>What came of changing a message's lease.</summary>
public abstract record LeaseOutcome
{
    private LeaseOutcome() { }

    /// <summary>It is ours with a new receipt.</summary>
    public sealed record Held(Delivery Delivery) : LeaseOutcome;

    /// <summary>Somebody else received it since, or it was deleted.</summary>
    public sealed record Lost : LeaseOutcome;
}
