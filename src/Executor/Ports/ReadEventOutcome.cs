namespace Stepwell.Executor.Ports;

/// <summary>What came of reading an event.</summary>
public abstract record ReadEventOutcome
{
    private ReadEventOutcome() { }

    public sealed record Found(StoredEvent Event) : ReadEventOutcome;

    public sealed record NotFound : ReadEventOutcome;
}
