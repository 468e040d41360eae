using System.Collections.Immutable;
using Stepwell.Protocol;

namespace Stepwell.Executor.Runs;

/// <summary>How long to wait before the next attempt.</summary>
public static class Backoff
{
    private static readonly ImmutableArray<TimeSpan> s_table =
    [
        TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(40),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2),
    ];

    private static readonly TimeSpan s_maxJitter = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The wait after a failed attempt: what the app asked for, held between 1 s and 24 h; else the development interval; else
    /// the reference server's table, whose last entry repeats, plus up to 30 s of jitter.
    /// </summary>
    /// <param name="failedAttempt">The attempt that failed, from 0.</param>
    /// <param name="advice">What its answer said.</param>
    /// <param name="by">Jitter and development interval.</param>
    public static TimeSpan Delay(int failedAttempt, RetryAdvice advice, Handling by)
    {
        if (advice.RetryAfter is { } asked)
            return Clamp(asked, ProtocolLimits.MinRetryAfter, ProtocolLimits.MaxRetryAfter);

        return by.RetryInterval ?? s_table[Math.Min(failedAttempt, s_table.Length - 1)] + (s_maxJitter * by.Jitter);
    }

    private static TimeSpan Clamp(TimeSpan value, TimeSpan low, TimeSpan high) => value < low ? low : value > high ? high : value;
}
