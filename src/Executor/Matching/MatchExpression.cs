using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Stepwell.Executor.Matching;

/// <summary>
/// An expression of a trigger, a wait, a key or a priority: the subset of CEL (https://cel.dev) that the protocol needs, compiled. Evaluating it never throws, and its time is bounded
/// whatever the expression and the events.
/// </summary>
public sealed class MatchExpression
{
    private static readonly ExpressionCache s_cache = new();

    private readonly Node _tree;
    private readonly NodeCompiler _compiler;
    private readonly Evaluator _evaluate;

    private MatchExpression(string text, Node tree, ImmutableArray<string> variables)
    {
        Text = text;
        _tree = tree;
        _compiler = new NodeCompiler(variables);
        _evaluate = _compiler.Compile(tree);
    }

    public string Text { get; }

    /// <summary>Reads an expression; the same text is compiled once.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="variables">The names that it may use, in the order of the values it will be given: see <see cref="MatchVariables"/>.</param>
    /// <param name="expression">The expression, when it is one.</param>
    /// <param name="problem">What is wrong with it, when it is none.</param>
    public static bool TryParse(
        string text,
        ImmutableArray<string> variables,
        [NotNullWhen(true)] out MatchExpression? expression,
        [NotNullWhen(false)] out ExpressionProblem? problem)
    {
        problem = null;
        var names = string.Join(',', variables);
        if (s_cache.TryGet(text, names, out expression))
            return true;

        var tree = ExpressionParser.Parse(text);
        problem = NodeChecks.Find(tree, variables);
        if (problem is not null)
            return false;

        expression = new MatchExpression(text, tree, variables);
        s_cache.Add(text, names, expression);
        return true;
    }

    /// <summary>Whether an event matches: only true does; false, any other value and an error do not.</summary>
    public bool IsTrue(MatchInput input) => Evaluate(input) is MatchValue.Bool { Value: true };

    public MatchValue Evaluate(MatchInput input)
    {
        var evaluation = new Evaluation(input);
        var value = _evaluate(evaluation);
        return evaluation.Exhausted ? new MatchValue.Error("the evaluation takes too long") : value;
    }

    /// <summary>The result as the text of a key: what cannot be evaluated and null belong to the empty group.</summary>
    public string KeyText(MatchInput input) => ValueText.Of(Evaluate(input));

    /// <summary>
    /// What any incoming event that makes this true has at which places, given the run's event: enough to find a wait by any one of them. Empty when the expression fixes nothing.
    /// </summary>
    /// <param name="runEvent">The run's event, as the first value.</param>
    public ImmutableArray<MatchEquality> Equalities(MatchInput runEvent) => EqualityFinding.In(_tree, _compiler, runEvent);

    /// <summary>Whether any event that has what <see cref="Equalities"/> says makes this true: nothing else need be asked.</summary>
    /// <param name="runEvent">The run's event, as the first value.</param>
    public bool IsSaidByEqualities(MatchInput runEvent) => EqualityFinding.SaysAll(_tree, _compiler, runEvent);
}
