using System.Buffers;
using System.Globalization;

namespace Stepwell.Executor.Matching;

/// <summary>Durations as CEL writes them: 1h30m, -1.5s, 250ms.</summary>
internal static class DurationText
{
    /// <summary>What CEL allows: 315,576,000,000 s, which is 10,000 years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(315_576_000_000);

    private const int LongestText = 100;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");

    public static bool TryRead(string text, out TimeSpan duration)
    {
        duration = default;
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (rest is ['-' or '+', ..])
            rest = rest[1..];

        if (rest is "0")
            return true;

        if (rest.IsEmpty || text.Length > LongestText)
            return false;

        var ticks = 0m;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(s_digits);
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                return false;

            rest = rest[digits..];
            var (unit, letters) = Unit(rest);
            if (letters == 0 || amount > Longest.Ticks / unit)
                return false;

            ticks += amount * unit;
            rest = rest[letters..];
        }

        if (ticks > Longest.Ticks)
            return false;

        duration = TimeSpan.FromTicks((long)(negative ? -ticks : ticks));
        return true;
    }

    /// <summary>In seconds, as Protocol Buffers print a duration.</summary>
    public static string Write(TimeSpan duration) => ((decimal)duration.Ticks / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture) + "s";

    private static (decimal Ticks, int Letters) Unit(ReadOnlySpan<char> rest) => rest switch
    {
        ['n', 's', ..] => (0.01m, 2),
        ['u' or 'µ' or 'μ', 's', ..] => (TimeSpan.TicksPerMicrosecond, 2),
        ['m', 's', ..] => (TimeSpan.TicksPerMillisecond, 2),
        ['s', ..] => (TimeSpan.TicksPerSecond, 1),
        ['m', ..] => (TimeSpan.TicksPerMinute, 1),
        ['h', ..] => (TimeSpan.TicksPerHour, 1),
        _ => (0, 0),
    };
}
