using System.Globalization;

namespace Stepwell.Crash.Tests;

/// <summary>For how long things are broken, and how many events are sent meanwhile.</summary>
public sealed record CrashLength(TimeSpan Torture, int Events)
{
    /// <summary>The number of minutes of a soak.</summary>
    public const string MinutesVariable = "STEPWELL_CRASH_MINUTES";

    private const int EventsOfOneMinute = 200;

    // They make over 2,000 runs. More in a minute, and an Azurite that searches its growing files for each request is what the time goes to.
    private const int LeastEventsOfSoak = 1_600;
    private const int EventsPerMinuteOfSoak = 160;

    /// <summary>A minute; or what the environment asks for.</summary>
    public static CrashLength Read() => Environment.GetEnvironmentVariable(MinutesVariable) is { Length: > 0 } text
        ? Soak(double.Parse(text, CultureInfo.InvariantCulture))
        : new CrashLength(TimeSpan.FromMinutes(1), EventsOfOneMinute);

    private static CrashLength Soak(double minutes) => new(TimeSpan.FromMinutes(minutes), Math.Max(LeastEventsOfSoak, (int)(minutes * EventsPerMinuteOfSoak)));
}
