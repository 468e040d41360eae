namespace Stepwell.Protocol;

/// <summary>
/// The protocol's texts for a time: a duration such as <c>1d2h30m</c>, <c>300ms</c>, <c>1.5h</c> (units w d h m s ms us µs ns, each at most once,
/// fractions allowed, an empty text is zero), or an instant in ISO 8601.
/// </summary>
public static class TimeString
{
    /// <summary>Reads a duration; false when the text is none, is negative, or exceeds what a <see cref="TimeSpan"/> holds.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration) => throw new NotImplementedException();

    /// <summary>Reads a duration or an instant and returns the instant that it means.</summary>
    public static bool TryParseInstant(string text, DateTimeOffset now, out DateTimeOffset instant) => throw new NotImplementedException();

    /// <summary>Prints a duration in units w d h m s ms us ns, largest first, without empty ones; zero is <c>0s</c>. Reading it gives the same duration.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public static string Format(TimeSpan duration) => throw new NotImplementedException();

    /// <summary>Prints an instant as ISO 8601 in UTC with milliseconds: <c>2026-11-24T08:00:00.000Z</c>.</summary>
    public static string Format(DateTimeOffset instant) => throw new NotImplementedException();
}
