using System.Collections.Immutable;

namespace Stepwell.Executor.Matching;

/// <summary>A parsed expression.</summary>
/// <param name="Position">Where it stands in the text, from 0.</param>
/// <param name="Children">What it is made of, in the order of the text.</param>
internal abstract record Node(int Position, ImmutableArray<Node> Children)
{
    /// <summary>Levels of the tree; known as the tree grows, so that nothing has to walk a tree that is too deep.</summary>
    public int Depth { get; } = 1 + (Children.IsEmpty ? 0 : Children.Max(child => child.Depth));

    public sealed record Literal(int Position, MatchValue Value) : Node(Position, []);

    /// <summary>What the grammar reads and we do not take.</summary>
    public sealed record Refused(int Position, string Reason, string Advice = "") : Node(Position, []);

    public sealed record Variable(int Position, string Name) : Node(Position, []);

    public sealed record Select(int Position, Node Target, string Field) : Node(Position, [Target]);

    public sealed record Index(int Position, Node Target, Node Key) : Node(Position, [Target, Key]);

    /// <summary>has(target.field): whether the field is there, also when it is null.</summary>
    public sealed record Has(int Position, Node Target, string Field) : Node(Position, [Target]);

    /// <summary>A function over arguments.</summary>
    public sealed record FunctionCall(int Position, string Name, ImmutableArray<Node> Arguments) : Node(Position, Arguments);

    /// <summary>A function after a dot.</summary>
    public sealed record MethodCall(int Position, string Name, Node Receiver, ImmutableArray<Node> Arguments) : Node(Position, [Receiver, .. Arguments]);

    public sealed record Not(int Position, Node Operand) : Node(Position, [Operand]);

    public sealed record Negation(int Position, Node Operand) : Node(Position, [Operand]);

    public sealed record Binary(int Position, ExpressionToken Operator, Node Left, Node Right) : Node(Position, [Left, Right]);

    /// <summary>Terms between &amp;&amp;.</summary>
    public sealed record All(int Position, ImmutableArray<Node> Terms) : Node(Position, Terms);

    /// <summary>Terms between ||.</summary>
    public sealed record Any(int Position, ImmutableArray<Node> Terms) : Node(Position, Terms);

    public sealed record Conditional(int Position, Node Condition, Node Yes, Node No) : Node(Position, [Condition, Yes, No]);

    public sealed record ListLiteral(int Position, ImmutableArray<Node> Items) : Node(Position, Items);

    /// <summary>Keys and values in turn.</summary>
    public sealed record MapLiteral(int Position, ImmutableArray<Node> KeysAndValues) : Node(Position, KeysAndValues);
}
