namespace Stepwell.Executor.Runs;

/// <summary>Under which message a fact came to be, and how far that message may go on. Time and chance come in here as values.</summary>
public sealed record Handling
{
    /// <summary>The message under whose handling the fact came to be.</summary>
    public required MessageId Message { get; init; }

    /// <summary>What this handling holds items and claims as; see <see cref="MessageId.HandledAs"/>.</summary>
    public MessageId Holder
    {
        get => field == default ? Message : field;
        init;
    }

    /// <summary>How long a claim lasts from the commit that makes it. Zero: this message does not go on, what is due goes to the queue.</summary>
    public required TimeSpan ClaimLength { get; init; }

    /// <summary>How many calls this message makes at a time; the others go to the queue.</summary>
    public int ParallelCalls { get; init; } = 100;

    /// <summary>What is due within this is waited for in process instead of in the queue, which knows whole seconds only.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A random number from 0 to 1 for the jitter of a backoff.</summary>
    public double Jitter { get; init; }

    /// <summary>Replaces the table of backoffs in development.</summary>
    public TimeSpan? RetryInterval { get; init; }

    public bool GoesOn => ClaimLength > TimeSpan.Zero;

    /// <summary>The handling of what comes from the API or the timer.</summary>
    public static Handling Outside { get; } = new() { Message = MessageId.None, ClaimLength = TimeSpan.Zero };
}
