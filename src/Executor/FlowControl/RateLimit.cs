using Stepwell.Executor.Matching;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.FlowControl;

/// <summary>
/// How many runs may start in a time; the events of the others start nothing. The generic cell rate algorithm (ITU-T I.371): at once start <see cref="Limit"/>, then
/// one every <see cref="Period"/> / <see cref="Limit"/>.
/// </summary>
/// <param name="Limit">At least 1.</param>
/// <param name="Period">A second to 24 hours.</param>
/// <param name="Key">Each of its values has the limit for itself; null: one for all.</param>
public sealed record RateLimit(int Limit, TimeSpan Period, MatchExpression? Key)
{
    private static readonly TimeSpan s_leastPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPeriod = TimeSpan.FromHours(24);

    private TimeSpan Interval => TimeSpan.FromTicks((Period.Ticks + Limit - 1) / Limit);

    /// <exception cref="SettingProblemException">It has no meaning.</exception>
    public static RateLimit? Read(RawJson? setting) => SettingReading.Object("rateLimit", setting) is { } reading
        ? new RateLimit(reading.Integer("limit", 1, int.MaxValue), reading.Duration("period", s_leastPeriod, s_longestPeriod), reading.Expression("key"))
        : null;

    /// <summary>A function's <c>idempotency</c> key: of the events of one value one starts a run in 24 hours.</summary>
    /// <exception cref="SettingProblemException">It is no expression.</exception>
    public static RateLimit? OfIdempotency(string? key) =>
        string.IsNullOrEmpty(key) ? null : new RateLimit(1, ProtocolLimits.EventIdempotency, SettingReading.ParseExpression("idempotency", key));

    /// <summary>Whether one more may start.</summary>
    /// <param name="nextFree">When what has started would be used up at the steady rate; null when nothing has.</param>
    /// <param name="now">The time.</param>
    /// <returns>The same after this start; null when it may not be.</returns>
    public DateTimeOffset? Take(DateTimeOffset? nextFree, DateTimeOffset now)
    {
        var arrival = nextFree is { } taken && taken > now ? taken : now;
        return arrival - now > Interval * (Limit - 1) ? null : arrival + Interval;
    }
}
