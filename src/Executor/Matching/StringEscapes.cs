using System.Globalization;
using System.Text;

namespace Stepwell.Executor.Matching;

/// <summary>The escapes in a string of CEL.</summary>
internal static class StringEscapes
{
    private const string OneLetter = "abfnrtv\\?\"'`";
    private const string Meanings = "\a\b\f\n\r\t\v\\?\"'`";

    /// <param name="inner">What stands between the quotes.</param>
    /// <param name="position">Where the string starts.</param>
    /// <param name="start">Where what stands between the quotes starts.</param>
    public static Node Read(string inner, int position, int start)
    {
        if (!inner.Contains('\\', StringComparison.Ordinal))
            return new Node.Literal(position, new MatchValue.Text(inner));

        var text = new StringBuilder(inner.Length);
        for (var at = 0; at < inner.Length;)
        {
            if (inner[at] != '\\')
            {
                text.Append(inner[at++]);
                continue;
            }

            var length = Append(inner.AsSpan(at + 1), text);
            if (length == 0)
                return new Node.Refused(start + at, "this is no escape in a string", "write \\\\ for a backslash");

            at += 1 + length;
        }

        return new Node.Literal(position, new MatchValue.Text(text.ToString()));
    }

    /// <summary>Appends what an escape means; the length of the escape after its backslash, 0 when it is none.</summary>
    private static int Append(ReadOnlySpan<char> escape, StringBuilder text)
    {
        if (OneLetter.IndexOf(escape[0], StringComparison.Ordinal) is var known and >= 0)
        {
            text.Append(Meanings[known]);
            return 1;
        }

        return escape[0] switch
        {
            'x' or 'X' => AppendHex(escape, 2, text),
            'u' => AppendHex(escape, 4, text),
            'U' => AppendHex(escape, 8, text),
            >= '0' and <= '3' => AppendOctal(escape, text),
            _ => 0,
        };
    }

    private static int AppendHex(ReadOnlySpan<char> escape, int digits, StringBuilder text)
    {
        if (escape.Length <= digits || !int.TryParse(escape.Slice(1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
            return 0;

        text.Append(new Rune(code).ToString());
        return 1 + digits;
    }

    private static int AppendOctal(ReadOnlySpan<char> escape, StringBuilder text)
    {
        if (escape.Length < 3 || escape[1] is < '0' or > '7' || escape[2] is < '0' or > '7')
            return 0;

        text.Append((char)(((escape[0] - '0') * 64) + ((escape[1] - '0') * 8) + escape[2] - '0'));
        return 3;
    }
}
