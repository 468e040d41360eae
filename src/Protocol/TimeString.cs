using System.Buffers;
using System.Globalization;
using System.Text;

namespace Stepwell.Protocol;

/// <summary>
/// The protocol's texts for a time: a duration such as <c>1d2h30m</c>, <c>300ms</c>, <c>1.5h</c> (units w d h m s ms us µs ns, each at most once,
/// fractions allowed, an empty text is zero), or an instant in ISO 8601.
/// </summary>
public static class TimeString
{
    // Nothing that a TimeSpan holds needs more.
    private const int MaxNumberLength = 20;

    // A tick is a tenth of a microsecond.
    private const int MaxFractionDigits = 7;

    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789.");

    private static readonly (string Name, decimal Ticks)[] s_units =
    [
        ("w", 7 * TimeSpan.TicksPerDay),
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("us", TimeSpan.TicksPerMicrosecond),
        ("ns", 1m / TimeSpan.NanosecondsPerTick),
    ];

    private static readonly string[] s_instants =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd",
    ];

    /// <summary>Reads a duration; false when the text is none, is negative, or exceeds what a <see cref="TimeSpan"/> holds.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        var rest = text.AsSpan().Trim();
        var seen = 0;
        var ticks = 0m;
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOfAnyExcept(s_number);
            if (length is <= 0 or > MaxNumberLength
                || !decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return false;

            rest = rest[length..];
            var letters = rest.IndexOfAny(s_number);
            var name = letters < 0 ? rest : rest[..letters];
            rest = rest[name.Length..];
            var unit = UnitOf(name);
            if (unit < 0 || (seen & (1 << unit)) != 0)
                return false;

            seen |= 1 << unit;
            if (number > TimeSpan.MaxValue.Ticks / s_units[unit].Ticks)
                return false;

            ticks += number * s_units[unit].Ticks;
            if (ticks > TimeSpan.MaxValue.Ticks)
                return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(ticks, MidpointRounding.AwayFromZero));
        return true;
    }

    /// <summary>Reads a duration or an instant and returns the instant that it means.</summary>
    public static bool TryParseInstant(string text, DateTimeOffset now, out DateTimeOffset instant)
    {
        if (TryParseDuration(text, out var duration))
        {
            instant = duration <= DateTimeOffset.MaxValue - now ? now + duration : default;
            return instant != default;
        }

        return DateTimeOffset.TryParseExact(
            WithoutNanoseconds(text.Trim()), s_instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }

    /// <summary>Prints a duration in units w d h m s ms us ns, largest first, without empty ones; zero is <c>0s</c>. Reading it gives the same duration.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public static string Format(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (duration == TimeSpan.Zero)
            return "0s";

        var text = new StringBuilder();
        decimal rest = duration.Ticks;
        foreach (var (name, ticks) in s_units)
        {
            var count = decimal.Floor(rest / ticks);
            rest -= count * ticks;
            if (count > 0)
                text.Append(CultureInfo.InvariantCulture, $"{count:0}{name}");
        }

        return text.ToString();
    }

    /// <summary>Prints an instant as ISO 8601 in UTC with milliseconds: <c>2026-11-24T08:00:00.000Z</c>.</summary>
    public static string Format(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339 sets no limit to the digits of a second; those below a tick are dropped.</summary>
    private static string WithoutNanoseconds(string text)
    {
        var start = text.IndexOf('.', StringComparison.Ordinal) + 1 + MaxFractionDigits;
        if (start <= MaxFractionDigits || start >= text.Length)
            return text;

        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;

        return text.Remove(start, end - start);
    }

    private static int UnitOf(ReadOnlySpan<char> name)
    {
        // The two micro signs: U+00B5 and the Greek letter U+03BC.
        if (name is "\u00b5s" or "\u03bcs")
            name = "us";

        for (var i = 0; i < s_units.Length; i++)
        {
            if (name.SequenceEqual(s_units[i].Name))
                return i;
        }

        return -1;
    }
}
