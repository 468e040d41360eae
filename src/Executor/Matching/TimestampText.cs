using System.Globalization;

namespace Stepwell.Executor.Matching;

/// <summary>Timestamps as RFC 3339 writes them; also a mere date, which is its midnight in UTC.</summary>
internal static class TimestampText
{
    private const int FractionStart = 19;
    private const int FractionDigits = 7;

    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static bool TryRead(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length is <= FractionStart or > 60)
            return false;

        var upper = Shortened(text.ToUpperInvariant());
        return (upper[^1] == 'Z' || upper[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(upper, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }

    public static bool TryReadDate(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);

    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Digits of a second finer than 100 ns are cut off.</summary>
    private static string Shortened(string text)
    {
        if (text[FractionStart] != '.')
            return text;

        var end = FractionStart + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;

        var last = FractionStart + 1 + FractionDigits;
        return end > last ? text[..last] + text[end..] : text;
    }
}
