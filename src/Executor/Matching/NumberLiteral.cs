using System.Globalization;
using Superpower.Model;

namespace Stepwell.Executor.Matching;

/// <summary>A number of CEL: 42, 0x2a, 42u, 4.2, 42e-1.</summary>
internal static class NumberLiteral
{
    /// <summary>Finds where a number ends.</summary>
    public static Result<ExpressionToken> Scan(TextSpan rest)
    {
        var length = IsHex(rest) ? Digits(rest, 2, char.IsAsciiHexDigit) : Decimal(rest);
        if (length < rest.Length && rest[length] is 'u' or 'U')
            length++;

        return length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '_')
            ? Result.Empty<ExpressionToken>(rest, "this is no number")
            : Result.Value(ExpressionToken.Number, rest, rest.Skip(length));
    }

    /// <summary>The value of a scanned number, or why it has none.</summary>
    /// <param name="span">The number.</param>
    /// <param name="position">Where it starts, with its sign.</param>
    /// <param name="negative">Whether a minus stands before it: the lowest int has no positive of its own.</param>
    public static Node Read(TextSpan span, int position, bool negative)
    {
        var text = span.ToStringValue();
        var value = text switch
        {
            [.. var digits, 'u' or 'U'] => negative ? new MatchValue.Error("a uint has no sign") : Uint(digits),
            _ when IsHex(span) || text.All(char.IsAsciiDigit) => Int(text, negative),
            _ => Double(text, negative),
        };
        return value is MatchValue.Error error ? new Node.Refused(position, error.Reason) : new Node.Literal(position, value);
    }

    private static MatchValue Int(string text, bool negative)
    {
        if (!TryRead(text, out var magnitude) || magnitude > (ulong)long.MaxValue + (negative ? 1UL : 0UL))
            return new MatchValue.Error("this number does not fit into an int of 64 bits");

        return new MatchValue.IntNumber(negative ? unchecked(-(long)magnitude) : (long)magnitude);
    }

    private static MatchValue Uint(string digits) => TryRead(digits, out var value)
        ? new MatchValue.UintNumber(value)
        : new MatchValue.Error("this number does not fit into a uint of 64 bits");

    private static MatchValue Double(string text, bool negative) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new MatchValue.DoubleNumber(negative ? -value : value)
            : new MatchValue.Error("this number does not fit into a double");

    private static bool TryRead(string text, out ulong value) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool IsHex(TextSpan rest) => rest.Length > 2 && rest[0] == '0' && rest[1] is 'x' or 'X' && char.IsAsciiHexDigit(rest[2]);

    private static int Decimal(TextSpan rest)
    {
        var length = Digits(rest, 0, char.IsAsciiDigit);
        if (length + 1 < rest.Length && rest[length] == '.' && char.IsAsciiDigit(rest[length + 1]))
            length = Digits(rest, length + 1, char.IsAsciiDigit);

        if (length + 1 < rest.Length && rest[length] is 'e' or 'E')
        {
            var exponent = length + (rest[length + 1] is '+' or '-' ? 2 : 1);
            if (exponent < rest.Length && char.IsAsciiDigit(rest[exponent]))
                length = Digits(rest, exponent, char.IsAsciiDigit);
        }

        return length;
    }

    private static int Digits(TextSpan rest, int from, Func<char, bool> accepts)
    {
        while (from < rest.Length && accepts(rest[from]))
            from++;

        return from;
    }
}
