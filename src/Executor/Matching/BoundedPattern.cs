using System.Text.RegularExpressions;

namespace Stepwell.Executor.Matching;

/// <summary>
/// matches(): regular expressions that are run without going back, so that their time grows with the text and not with its powers. Such patterns have no look-around and no
/// back-references; CEL's own (RE2) have neither.
/// </summary>
internal static class BoundedPattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    // Building an automaton costs far more than a look at a letter.
    private const int CostOfBuilding = 10_000;

    private static readonly Regex s_empty = new("", Options);

    public static MatchValue Matches(MatchValue text, MatchValue pattern, Evaluation evaluation)
    {
        if (text is not MatchValue.Text || pattern is not MatchValue.Text { Value: var written })
            return new MatchValue.Error($"matches() takes a string and a string, not {text.Kind} and {pattern.Kind}");

        if (!evaluation.Spend(CostOfBuilding))
            return MatchValue.Bool.False;

        return TryBuild(written, out var built) is { } reason ? new MatchValue.Error(reason) : Matches(text, built, evaluation);
    }

    /// <summary>The same with a pattern written in the expression, which is built once.</summary>
    public static Func<MatchValue, Evaluation, MatchValue> Of(string pattern) => TryBuild(pattern, out var built) is { } reason
        ? (_, _) => new MatchValue.Error(reason)
        : (text, evaluation) => Matches(text, built, evaluation);

    /// <summary>Why a pattern is refused; null when it is not.</summary>
    public static string? WhyNot(string pattern) => TryBuild(pattern, out _);

    private static MatchValue Matches(MatchValue text, Regex pattern, Evaluation evaluation)
    {
        if (text is not MatchValue.Text { Value: var input })
            return new MatchValue.Error($"matches() takes a string and a string, not {text.Kind} and string");

        if (input.Length > ExpressionLimits.PatternInput)
            return new MatchValue.Error($"matches() looks at {ExpressionLimits.PatternInput} characters at most, not {input.Length}");

        return MatchValue.Bool.Of(evaluation.Spend(1 + input.Length) && pattern.IsMatch(input));
    }

    private static string? TryBuild(string pattern, out Regex built)
    {
        built = s_empty;
        if (pattern.Length > ExpressionLimits.Pattern)
            return $"a pattern has {ExpressionLimits.Pattern} characters at most, not {pattern.Length}";

        try
        {
            built = new Regex(pattern, Options);
            return null;
        }
        catch (RegexParseException exception)
        {
            return $"the pattern is no regular expression: {exception.Message}";
        }
        catch (NotSupportedException)
        {
            return "the pattern is too large, or has what cannot be matched in bounded time: look-around, back-references, conditions, atomic groups";
        }
    }
}
