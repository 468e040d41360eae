namespace Stepwell.Executor.Runs;

/// <summary>
/// Names one piece of work of a run. Messages that a run's decisions send are numbered by the run (<c>m1</c>, <c>m2</c> …), so that the id
/// is known when the item is written; every sent copy of a hint carries the same id.
/// </summary>
public readonly record struct MessageId(string Value)
{
    /// <summary>The message that starts a run. Its first delivery owns the claim that was written with the run.</summary>
    public static MessageId Start { get; } = Numbered(0);

    /// <summary>No message: what is done here is done by the API or the timer and is not continued there.</summary>
    public static MessageId None { get; } = new("");

    public static MessageId Numbered(long number) => new($"m{number}");

    public override string ToString() => Value;
}
