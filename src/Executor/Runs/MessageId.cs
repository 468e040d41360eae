namespace Stepwell.Executor.Runs;

/// <summary>
/// Names one piece of work of a run. Messages that a run's decisions send are numbered by the run (<c>m1</c>, <c>m2</c> …), so that the id
/// is known when the item is written; every sent copy of a hint carries the same id.
/// </summary>
public readonly record struct MessageId(string Value) : IComparable<MessageId>
{
    /// <summary>The message that starts a run. Its first delivery owns the claim that was written with the run.</summary>
    public static MessageId Start { get; } = Numbered(0);

    /// <summary>No message: what is done here is done by the API or the timer and is not continued there.</summary>
    public static MessageId None { get; } = new("");

    public static MessageId Numbered(long number) => new($"m{number}");

    /// <summary>The message that says that something came for a wait: an event or a signal, or the end of a child run.</summary>
    public static MessageId Arrival(string id) => new($"w{id}");

    /// <summary>The messages that say that an item has the slots for which it waited.</summary>
    public static MessageId Granted { get; } = new("g");

    /// <summary>
    /// Names one handling of this message. Copies of a message share its id, so what one of them holds is held under a name of its own.
    /// </summary>
    public MessageId HandledAs(string delivery) => new($"{Value}.{delivery}");

    /// <summary>The message itself, also for one of its handlings.</summary>
    public MessageId Message => Value.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? new MessageId(Value[..dot]) : this;

    public int CompareTo(MessageId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(MessageId left, MessageId right) => left.CompareTo(right) < 0;

    public static bool operator >(MessageId left, MessageId right) => left.CompareTo(right) > 0;

    public static bool operator <=(MessageId left, MessageId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(MessageId left, MessageId right) => left.CompareTo(right) >= 0;
}
