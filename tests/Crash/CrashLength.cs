using System.Globalization;

namespace Stepwell.Crash.Tests;

/// <summary>For how long things are broken, and how many events are sent meanwhile.</summary>
public sealed record CrashLength(TimeSpan Torture, int Events)
{
    /// <summary>The number of minutes of a soak.</summary>
    public const string MinutesVariable = "STEPWELL_CRASH_MINUTES";

    private const int EventsPerMinute = 200;
    private const int LeastEventsOfSoak = 2_000;

    /// <summary>A minute; or what the environment asks for.</summary>
    public static CrashLength Read() => Environment.GetEnvironmentVariable(MinutesVariable) is { Length: > 0 } text
        ? Soak(double.Parse(text, CultureInfo.InvariantCulture))
        : new CrashLength(TimeSpan.FromMinutes(1), EventsPerMinute);

    private static CrashLength Soak(double minutes) => new(TimeSpan.FromMinutes(minutes), Math.Max(LeastEventsOfSoak, (int)(minutes * EventsPerMinute)));
}
