using Superpower.Model;

namespace Stepwell.Executor.Matching;

/// <summary>A string of CEL: in single or double quotes, in three of them over several lines, raw with r before it.</summary>
internal static class StringLiteral
{
    public static bool StartsAt(TextSpan rest)
    {
        var at = 0;
        while (at < 2 && at < rest.Length && rest[at] is 'r' or 'R' or 'b' or 'B')
            at++;

        return at < rest.Length && rest[at] is '"' or '\'';
    }

    /// <summary>Finds where a string ends.</summary>
    public static Result<ExpressionToken> Scan(TextSpan rest)
    {
        var (prefix, quotes) = Opening(rest);
        if (rest.First(prefix).ToStringValue().Contains('b', StringComparison.OrdinalIgnoreCase))
            return Result.Empty<ExpressionToken>(rest, "byte strings are not supported");

        var raw = prefix > 0;
        var quote = rest[prefix];
        for (var at = prefix + quotes; at < rest.Length; at++)
        {
            if (rest[at] == '\\' && !raw)
                at++;
            else if (rest[at] is '\n' or '\r' && quotes == 1)
                break;
            else if (rest[at] == quote && Repeats(rest, at, quotes))
                return Result.Value(ExpressionToken.Text, rest, rest.Skip(at + quotes));
        }

        return Result.Empty<ExpressionToken>(rest, "this string is not closed");
    }

    /// <summary>The text that a scanned string means, or why it means none.</summary>
    public static Node Read(TextSpan span)
    {
        var (prefix, quotes) = Opening(span);
        var text = span.ToStringValue();
        var inner = text[(prefix + quotes)..^quotes];
        var position = span.Position.Absolute;
        if (LoneSurrogateIn(text) is var lone and >= 0)
            return new Node.Refused(position + lone, "half of a surrogate pair");

        return prefix > 0 ? new Node.Literal(position, new MatchValue.Text(inner)) : StringEscapes.Read(inner, position, position + quotes);
    }

    private static (int Prefix, int Quotes) Opening(TextSpan span)
    {
        var prefix = 0;
        while (span[prefix] is not ('"' or '\''))
            prefix++;

        return (prefix, Repeats(span, prefix, 3) ? 3 : 1);
    }

    private static bool Repeats(TextSpan span, int at, int times)
    {
        if (at + times > span.Length)
            return false;

        for (var offset = 1; offset < times; offset++)
        {
            if (span[at + offset] != span[at])
                return false;
        }

        return true;
    }

    private static int LoneSurrogateIn(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;

            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return at;

            at++;
        }

        return -1;
    }
}
