namespace Stepwell.Executor.Tests.Simulation;

/// <summary>A function as a tree of what it does.</summary>
internal abstract record Node
{
    private Node() { }

    /// <summary>A step that fails so many times and then gives a value, or at its last attempt fails for good.</summary>
    public sealed record Work(string Id, int Failures, bool FailsForGood) : Node;

    public sealed record Sleep(string Id, TimeSpan Length) : Node;

    public sealed record Sequence(IReadOnlyList<Node> Parts) : Node;

    /// <summary><c>Task.WhenAll</c>.</summary>
    public sealed record All(IReadOnlyList<Node> Branches) : Node;

    /// <summary><c>Task.WhenAny</c> of single steps.</summary>
    public sealed record Any(IReadOnlyList<Node> Branches) : Node;

    /// <summary>A <c>try</c> whose <c>catch</c> gives a value.</summary>
    public sealed record Try(Node Body) : Node;

    /// <summary>More steps side by side than a message calls at a time, than one message names, and than a transaction holds.</summary>
    public static Node Wide(Random random) => new Sequence(
    [
        new All([.. Enumerable.Range(0, random.Next(101, 140)).Select(i => (Node)new Work($"w{i}", Failures: random.Next(20) == 0 ? 1 : 0, FailsForGood: false))]),
        new Work("after", 0, FailsForGood: false),
    ]);

    public static Node Random(Random random, int depth = 3)
    {
        var next = 0;
        return new Sequence([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Part(depth))]);

        Node Part(int left) => random.Next(left > 0 ? 9 : 4) switch
        {
            <= 2 => Step(),
            3 => new Sleep($"s{next++}", Length()),
            4 or 5 => new All([.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => Part(left - 1))]),
            6 => new Sequence([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(left - 1))]),
            7 => new Try(Part(left - 1)),
            _ => new Any([.. Enumerable.Range(0, random.Next(2, 4)).Select(i => i == 0 ? new Sleep($"s{next++}", Length()) : Step())]),
        };

        Node Step() => new Work($"w{next++}", random.Next(4) == 0 ? random.Next(1, 3) : 0, random.Next(12) == 0);

        TimeSpan Length() => random.Next(4) switch
        {
            0 => TimeSpan.FromMilliseconds(random.Next(1, 900)),
            1 => TimeSpan.FromSeconds(random.Next(1, 90)),
            2 => TimeSpan.FromHours(random.Next(1, 50)),
            _ => TimeSpan.FromDays(random.Next(1, 20)),
        };
    }
}
