using Stepwell.Protocol.Calls;

namespace Stepwell.Executor.Runs;

/// <summary>Where a step stands.</summary>
public abstract record StepState
{
    private StepState() { }

    /// <summary>To be called, or being called: attempt number from 0, not before <paramref name="Due"/>, by the message <paramref name="Holder"/>.</summary>
    public sealed record Planned(int Attempt, DateTimeOffset Due, MessageId Holder) : StepState;

    /// <summary>Asleep until its time; <paramref name="Holder"/> is the message that wakes it.</summary>
    public sealed record Sleeping(DateTimeOffset Until, MessageId Holder) : StepState;

    /// <summary>Parked until something comes, or until its time is over.</summary>
    public sealed record Waiting(Wait For, DateTimeOffset Until, MessageId Holder) : StepState;

    /// <summary>Settled: its memo, its place in the order of completion from 0, and when.</summary>
    public sealed record Done(Memo Memo, int Order, DateTimeOffset At) : StepState;

    /// <summary>Dropped, because the run ended before it was settled.</summary>
    public sealed record Abandoned : StepState;
}
