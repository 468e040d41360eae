using System.Globalization;

namespace Stepwell.Crash.Tests;

/// <summary>For how long things are broken, and how many events are sent meanwhile.</summary>
/// <param name="Rounds">How often, each time on new storage: Azurite looks through all rows of a table for each query, so that a large one is slow.</param>
/// <param name="Torture">For how long in each round.</param>
/// <param name="Events">How many events in each round.</param>
public sealed record CrashLength(int Rounds, TimeSpan Torture, int Events)
{
    /// <summary>The number of minutes of a soak.</summary>
    public const string MinutesVariable = "STEPWELL_CRASH_MINUTES";

    private const int EventsPerMinuteOfSoak = 160;
    private const int MinutesOfRound = 2;

    /// <summary>A minute; or what the environment asks for.</summary>
    public static CrashLength Read() => Environment.GetEnvironmentVariable(MinutesVariable) is { Length: > 0 } text
        ? Soak(double.Parse(text, CultureInfo.InvariantCulture))
        : new CrashLength(1, TimeSpan.FromMinutes(1), 200);

    private static CrashLength Soak(double minutes)
    {
        var rounds = Math.Max(1, (int)Math.Round(minutes / MinutesOfRound));
        return new CrashLength(rounds, TimeSpan.FromMinutes(minutes / rounds), (int)(minutes * EventsPerMinuteOfSoak / rounds));
    }
}
