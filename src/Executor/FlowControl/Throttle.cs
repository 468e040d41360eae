using Stepwell.Executor.Matching;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.FlowControl;

/// <summary>
/// How many runs may start in a time; the others start later. The generic cell rate algorithm (ITU-T I.371), as a reservation: each start takes the next free place
/// in time. At once start <see cref="Limit"/> × <see cref="Burst"/>, then one every <see cref="Period"/> / <see cref="Limit"/>.
/// </summary>
/// <param name="Limit">At least 1.</param>
/// <param name="Period">At least a second.</param>
/// <param name="Burst">At least 1.</param>
/// <param name="Key">Each of its values has the throttle for itself; null: one for all.</param>
public sealed record Throttle(int Limit, TimeSpan Period, int Burst, MatchExpression? Key)
{
    private static readonly TimeSpan s_leastPeriod = TimeSpan.FromSeconds(1);

    // Rounded up, so that no window ever sees one start more.
    private TimeSpan Interval => TimeSpan.FromTicks((Period.Ticks + Limit - 1) / Limit);

    /// <exception cref="SettingProblemException">It has no meaning.</exception>
    public static Throttle? Read(RawJson? setting) => SettingReading.Object("throttle", setting) is { } reading
        ? new Throttle(reading.Integer("limit", 1, int.MaxValue), reading.Duration("period", s_leastPeriod, TimeSpan.MaxValue), reading.Integer("burst", 1, int.MaxValue, otherwise: 1), reading.Expression("key"))
        : null;

    /// <summary>Takes the next place.</summary>
    /// <param name="nextFree">When the places that are taken would be used up at the steady rate; null when none was taken.</param>
    /// <param name="now">The time.</param>
    /// <returns>The same for the one after, and when this one starts.</returns>
    public (DateTimeOffset NextFree, DateTimeOffset StartAt) Reserve(DateTimeOffset? nextFree, DateTimeOffset now)
    {
        var arrival = nextFree is { } taken && taken > now ? taken : now;
        var ahead = Math.Min((long)Limit * Burst - 1, TimeSpan.MaxValue.Ticks / Interval.Ticks);
        var tolerance = Interval * ahead;
        var start = arrival - now > tolerance ? arrival - tolerance : now;
        return (arrival + Interval, start);
    }
}
