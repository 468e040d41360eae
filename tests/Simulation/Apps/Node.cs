using Stepwell.Protocol.Ids;

namespace Stepwell.Simulation.Tests;

/// <summary>A function as a tree of what it does.</summary>
internal abstract record Node
{
    private Node() { }

    /// <summary>One step, by its id.</summary>
    public abstract record Step(string Id) : Node;

    /// <summary>A step that fails so many times and then gives a value, or at its last attempt fails for good.</summary>
    public sealed record Work(string Id, int Failures, bool FailsForGood) : Step(Id)
    {
        /// <summary>The event that its body sends; null: none.</summary>
        public string? Sends { get; init; }

        public override string ToString() => Sends is not null ? $"send {Id}" : FailsForGood ? $"bad {Id}" : Failures > 0 ? $"{Id}×{Failures + 1}" : Id;
    }

    public sealed record Sleep(string Id, TimeSpan Length) : Step(Id)
    {
        public override string ToString() => $"sleep {Id} {Length}";
    }

    /// <summary>A wait for the event that is its own, by its run's key.</summary>
    /// <param name="Id">Of the step.</param>
    /// <param name="Comes">Whether somebody sends the event once the run waits; otherwise nobody does.</param>
    /// <param name="Timeout">For how long it waits.</param>
    public sealed record WaitForEvent(string Id, bool Comes, TimeSpan Timeout) : Step(Id)
    {
        public override string ToString() => $"wait {Id} {(Comes ? "comes" : Timeout)}";
    }

    /// <summary>The run of another function.</summary>
    public sealed record Invoke(string Id, FunctionId Function) : Step(Id)
    {
        public override string ToString() => $"invoke {Id} {Function}";
    }

    public sealed record Sequence(IReadOnlyList<Node> Parts) : Node
    {
        public override string ToString() => $"({string.Join("; ", Parts)})";
    }

    /// <summary><c>Task.WhenAll</c>.</summary>
    public sealed record All(IReadOnlyList<Node> Branches) : Node
    {
        public override string ToString() => $"all({string.Join(", ", Branches)})";
    }

    /// <summary><c>Task.WhenAny</c> of single steps.</summary>
    public sealed record Any(IReadOnlyList<Step> Branches) : Node
    {
        public override string ToString() => $"any({string.Join(", ", Branches)})";
    }

    /// <summary>A <c>try</c> whose <c>catch</c> gives a value.</summary>
    public sealed record Try(Node Body) : Node
    {
        public override string ToString() => $"try({Body})";
    }

    /// <summary>All steps in it, in the order of the code.</summary>
    public IEnumerable<Step> Steps => this switch
    {
        Step step => [step],
        Sequence sequence => sequence.Parts.SelectMany(part => part.Steps),
        All all => all.Branches.SelectMany(branch => branch.Steps),
        Any any => any.Branches,
        Try attempt => attempt.Body.Steps,
        _ => throw new InvalidOperationException($"A node of the unknown kind {GetType().Name}."),
    };
}
