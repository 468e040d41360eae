using System.Collections.Immutable;

namespace Stepwell.Executor.Matching;

/// <summary>
/// Finds the terms of an expression that fix a field of the incoming event to a value known beforehand: <c>async.data.y == event.data.x</c> among terms joined by &amp;&amp;. All of those must be
/// true for the whole to be true, so an event that matches has that value there. Null is left out: a missing field equals a null.
/// </summary>
internal static class EqualityFinding
{
    public static ImmutableArray<MatchEquality> In(Node tree, NodeCompiler compiler, MatchInput runEvent) =>
        [.. Terms(tree).SelectMany(term => OfTerm(term, compiler, runEvent)).Distinct()];

    /// <summary>Whether they are all that is asked. Numbers are left out: of those beyond 2^53 the places say less than a comparison does.</summary>
    public static bool SaysAll(Node tree, NodeCompiler compiler, MatchInput runEvent) =>
        Terms(tree).All(term => OfTerm(term, compiler, runEvent).Any(equality => equality.Value.Utf8.Span[0] is (byte)'"' or (byte)'t' or (byte)'f'));

    private static IEnumerable<Node> Terms(Node node) => node is Node.All all ? all.Terms.SelectMany(Terms) : [node];

    private static IEnumerable<MatchEquality> OfTerm(Node term, NodeCompiler compiler, MatchInput runEvent)
    {
        if (term is not Node.Binary { Operator: ExpressionToken.Equal } equal)
            yield break;

        foreach (var (field, known) in new[] { (equal.Left, equal.Right), (equal.Right, equal.Left) })
        {
            if (!TryPath(field, out var path) || !IsKnownBeforehand(known))
                continue;

            var evaluation = new Evaluation(runEvent);
            var value = compiler.Compile(known)(evaluation);
            if (!evaluation.Exhausted && MatchEquality.TryCanonical(value, out var json))
                yield return new MatchEquality(path, json);
        }
    }

    private static bool TryPath(Node node, out ImmutableArray<string> path)
    {
        var names = new Stack<string>();
        while (Step(node) is var (target, name))
        {
            names.Push(name);
            node = target;
        }

        path = [.. names];
        return node is Node.Variable { Name: MatchVariables.AsyncName } && !path.IsEmpty;
    }

    private static (Node Target, string Name)? Step(Node node) => node switch
    {
        Node.Select select => (select.Target, select.Field),
        Node.Index { Key: Node.Literal { Value: MatchValue.Text name } } index => (index.Target, name.Value),
        _ => null,
    };

    private static bool IsKnownBeforehand(Node node) => node switch
    {
        Node.Variable variable => variable.Name == MatchVariables.EventName,
        Node.FunctionCall call when FunctionTable.IsOfTheMoment(call.Name) => false,
        _ => node.Children.All(IsKnownBeforehand),
    };
}
