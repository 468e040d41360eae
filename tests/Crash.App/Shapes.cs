namespace Stepwell.Crash.App;

/// <summary>The ids of the functions. Each is started by the event of its name.</summary>
public static class Shapes
{
    /// <summary>One step after the other.</summary>
    public const string Sequence = "sequence";

    /// <summary>Started by the events of <see cref="Sequence"/> too.</summary>
    public const string Echo = "echo";

    /// <summary>One id again and again, with a sleep in the middle.</summary>
    public const string Loop = "loop";

    /// <summary>Steps side by side, and one after them.</summary>
    public const string Parallel = "parallel";

    /// <summary>Chains of steps side by side, one of which sleeps.</summary>
    public const string Branches = "branches";

    /// <summary>The first of two.</summary>
    public const string Race = "race";

    /// <summary>A wait for an event that a step beside it sends.</summary>
    public const string Waiting = "waiting";

    /// <summary>A wait for an event that nobody sends.</summary>
    public const string Silence = "silence";

    /// <summary>Invokes <see cref="Child"/> for each number.</summary>
    public const string Parent = "parent";

    public const string Child = "child";

    /// <summary>Steps that fail and are tried again.</summary>
    public const string Retried = "retried";

    /// <summary>A step that fails for good, and a catch.</summary>
    public const string Caught = "caught";

    /// <summary>A step that fails for good, and no catch.</summary>
    public const string Failing = "failing";

    /// <summary>A step that fails each time it is tried.</summary>
    public const string Exhausted = "exhausted";

    /// <summary>Two steps at a time of one group.</summary>
    public const string Limited = "limited";

    /// <summary>Results that are too large for a row.</summary>
    public const string Heavy = "heavy";

    /// <summary>The event that starts a function.</summary>
    public static string EventOf(string shape) => $"crash/{shape}";
}
