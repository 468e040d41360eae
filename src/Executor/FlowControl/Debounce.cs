using Stepwell.Executor.Matching;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.FlowControl;

/// <summary>A run starts when no further event has come for a time, with the last of them.</summary>
/// <param name="Period">For how long no event must come: a second to 7 days.</param>
/// <param name="Timeout">The longest time from the first event to the start; null: without end.</param>
/// <param name="Key">Each of its values is debounced for itself; null: all together.</param>
public sealed record Debounce(TimeSpan Period, TimeSpan? Timeout, MatchExpression? Key)
{
    private static readonly TimeSpan s_leastPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPeriod = TimeSpan.FromDays(7);

    /// <exception cref="SettingProblemException">It has no meaning.</exception>
    public static Debounce? Read(RawJson? setting)
    {
        if (SettingReading.Object("debounce", setting) is not { } reading)
            return null;

        var period = reading.Duration("period", s_leastPeriod, s_longestPeriod);
        return new Debounce(period, reading.OptionalDuration("timeout", period, TimeSpan.MaxValue), reading.Expression("key"));
    }

    /// <summary>When the run starts.</summary>
    /// <param name="first">When the first event came.</param>
    /// <param name="last">When the last came.</param>
    public DateTimeOffset DueAt(DateTimeOffset first, DateTimeOffset last) =>
        Timeout is { } longest && last + Period - first > longest ? first + longest : last + Period;
}
