using System.Collections.Immutable;

namespace Stepwell.Executor.Matching;

/// <summary>&amp;&amp; || ! ?: as CEL has them: a side that decides the result makes up for an error on another.</summary>
internal static class Logic
{
    public static Evaluator All(ImmutableArray<Evaluator> terms) => evaluation => Join(terms, evaluation, "&&", decisive: false);

    public static Evaluator Any(ImmutableArray<Evaluator> terms) => evaluation => Join(terms, evaluation, "||", decisive: true);

    public static MatchValue Not(MatchValue operand) => operand is MatchValue.Bool value
        ? MatchValue.Bool.Of(!value.Value)
        : new MatchValue.Error($"! takes a bool, not {operand.Kind}");

    public static Evaluator Conditional(Evaluator condition, Evaluator yes, Evaluator no) => evaluation => condition(evaluation) switch
    {
        MatchValue.Bool { Value: true } => yes(evaluation),
        MatchValue.Bool => no(evaluation),
        MatchValue.Error error => error,
        var other => new MatchValue.Error($"? takes a bool before it, not {other.Kind}"),
    };

    private static MatchValue Join(ImmutableArray<Evaluator> terms, Evaluation evaluation, string symbol, bool decisive)
    {
        MatchValue result = MatchValue.Bool.Of(!decisive);
        foreach (var term in terms)
        {
            var value = term(evaluation);
            if (value is MatchValue.Bool boolean && boolean.Value == decisive)
                return value;

            if (result is not MatchValue.Error && value is not MatchValue.Bool)
                result = value as MatchValue.Error ?? new MatchValue.Error($"{symbol} takes bools, not {value.Kind}");
        }

        return result;
    }
}
