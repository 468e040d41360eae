using Superpower;
using Superpower.Model;
using static Stepwell.Executor.Matching.ExpressionToken;

namespace Stepwell.Executor.Matching;

/// <summary>From text to tree, within <see cref="ExpressionLimits"/>.</summary>
internal static class ExpressionParser
{
    private static readonly TokenListParser<ExpressionToken, Node> s_whole = ExpressionGrammar.Expression.AtEnd();

    /// <summary>The tree; a text that has none gives one that is refused as a whole.</summary>
    public static Node Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new Node.Refused(0, "the expression is empty");

        if (text.Length > ExpressionLimits.TextLength)
            return new Node.Refused(ExpressionLimits.TextLength, $"the expression is {text.Length} characters long, the limit is {ExpressionLimits.TextLength}");

        var tokens = ExpressionTokenizer.Instance.TryTokenize(text);
        if (!tokens.HasValue)
            return new Node.Refused(At(tokens.ErrorPosition, text), tokens.ErrorMessage ?? tokens.FormatErrorMessageFragment());

        if (Excess(tokens.Value) is { } excess)
            return excess;

        var tree = s_whole(tokens.Value);
        if (!tree.HasValue)
            return new Node.Refused(At(tree.ErrorPosition, text), tree.FormatErrorMessageFragment());

        return tree.Value.Depth > ExpressionLimits.Depth
            ? new Node.Refused(0, $"the expression has {tree.Value.Depth} levels, the limit is {ExpressionLimits.Depth}")
            : tree.Value;
    }

    /// <summary>Brackets are counted before the parser, which calls itself for each, sees them.</summary>
    private static Node.Refused? Excess(TokenList<ExpressionToken> tokens)
    {
        var count = 0;
        var open = 0;
        foreach (var token in tokens)
        {
            open += token.Kind switch
            {
                LeftParenthesis or LeftBracket or LeftBrace => 1,
                RightParenthesis or RightBracket or RightBrace => -1,
                _ => 0,
            };
            if (open > ExpressionLimits.Nesting)
                return new Node.Refused(token.Position.Absolute, $"brackets nest deeper than {ExpressionLimits.Nesting} levels");

            if (++count > ExpressionLimits.Tokens)
                return new Node.Refused(token.Position.Absolute, $"the expression has more than {ExpressionLimits.Tokens} words and signs");
        }

        return null;
    }

    private static int At(Position position, string text) => position.HasValue ? position.Absolute : text.Length;
}
