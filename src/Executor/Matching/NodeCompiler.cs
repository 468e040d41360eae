using System.Collections.Immutable;
using static Stepwell.Executor.Matching.ExpressionToken;

namespace Stepwell.Executor.Matching;

/// <summary>Turns a checked tree into closures: no code is generated, so it runs where none can be.</summary>
internal sealed class NodeCompiler(ImmutableArray<string> variables)
{
    public Evaluator Compile(Node node) => node switch
    {
        Node.Literal literal => _ => literal.Value,
        Node.Refused refused => _ => new MatchValue.Error(refused.Reason),
        Node.Variable variable => Variable(variables.IndexOf(variable.Name)),
        Node.Select select => Strict(select.Target, (target, evaluation) => Lookup.Field(target, select.Field, evaluation)),
        Node.Has has => Strict(has.Target, (target, _) => Lookup.Has(target, has.Field)),
        Node.Index index => Strict(index.Target, index.Key, Lookup.At),
        Node.FunctionCall { Name: "matches", Arguments: [var text, Node.Literal { Value: MatchValue.Text pattern }] } => Strict(text, BoundedPattern.Of(pattern.Value)),
        Node.MethodCall { Name: "matches", Receiver: var text, Arguments: [Node.Literal { Value: MatchValue.Text pattern }] } => Strict(text, BoundedPattern.Of(pattern.Value)),
        Node.FunctionCall call => Call(FunctionTable.Function(call.Name), call.Arguments),
        Node.MethodCall call => Call(FunctionTable.Method(call.Name), [call.Receiver, .. call.Arguments]),
        Node.Not not => Strict(not.Operand, (operand, _) => Logic.Not(operand)),
        Node.Negation negation => Strict(negation.Operand, (operand, _) => Arithmetic.Negate(operand)),
        Node.Binary binary => Strict(binary.Left, binary.Right, Operator(binary.Operator)),
        Node.All all => Logic.All(Compile(all.Terms)),
        Node.Any any => Logic.Any(Compile(any.Terms)),
        Node.Conditional conditional => Logic.Conditional(Compile(conditional.Condition), Compile(conditional.Yes), Compile(conditional.No)),
        Node.ListLiteral list => Literals.List(Compile(list.Items)),
        Node.MapLiteral map => Literals.Map(Compile(map.KeysAndValues)),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "A node of a kind that the compiler does not know."),
    };

    private ImmutableArray<Evaluator> Compile(ImmutableArray<Node> nodes) => [.. nodes.Select(Compile)];

    private static Evaluator Variable(int index) => evaluation => JsonValues.Read(evaluation.Variable(index), evaluation);

    private static Func<MatchValue, MatchValue, Evaluation, MatchValue> Operator(ExpressionToken symbol) => symbol switch
    {
        Equal => (left, right, evaluation) => MatchValue.Bool.Of(Equality.AreEqual(left, right, evaluation)),
        NotEqual => (left, right, evaluation) => MatchValue.Bool.Of(!Equality.AreEqual(left, right, evaluation)),
        Less => (left, right, evaluation) => MatchValue.Bool.Of(Order.Of(left, right, evaluation) == Ordering.Before),
        LessOrEqual => (left, right, evaluation) => MatchValue.Bool.Of(Order.Of(left, right, evaluation) is Ordering.Before or Ordering.Same),
        Greater => (left, right, evaluation) => MatchValue.Bool.Of(Order.Of(left, right, evaluation) == Ordering.After),
        GreaterOrEqual => (left, right, evaluation) => MatchValue.Bool.Of(Order.Of(left, right, evaluation) is Ordering.After or Ordering.Same),
        In => Lookup.In,
        Plus => Arithmetic.Add,
        Minus => (left, right, _) => Arithmetic.Subtract(left, right),
        Times => (left, right, _) => Arithmetic.Multiply(left, right),
        Divide => (left, right, _) => Arithmetic.Divide(left, right),
        Remainder => (left, right, _) => Arithmetic.Remainder(left, right),
        _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "A sign that is no operator of two sides."),
    };

    private Evaluator Call(BuiltIn function, ImmutableArray<Node> arguments) => arguments switch
    {
        [] => evaluation => function(MatchValue.Null.Instance, MatchValue.Null.Instance, evaluation),
        [var only] => Strict(only, (argument, evaluation) => function(argument, MatchValue.Null.Instance, evaluation)),
        [var first, var second, ..] => Strict(first, second, (one, other, evaluation) => function(one, other, evaluation)),
    };

    private Evaluator Strict(Node operand, Func<MatchValue, Evaluation, MatchValue> apply)
    {
        var evaluate = Compile(operand);
        return evaluation => evaluate(evaluation) switch
        {
            MatchValue.Error error => error,
            var value => apply(value, evaluation),
        };
    }

    private Evaluator Strict(Node left, Node right, Func<MatchValue, MatchValue, Evaluation, MatchValue> apply)
    {
        var evaluateLeft = Compile(left);
        var evaluateRight = Compile(right);
        return evaluation => (evaluateLeft(evaluation), evaluateRight(evaluation)) switch
        {
            (MatchValue.Error error, _) => error,
            (_, MatchValue.Error error) => error,
            var (one, other) => apply(one, other, evaluation),
        };
    }
}
