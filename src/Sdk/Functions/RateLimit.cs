using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk;

/// <summary>How many runs start in a time; the events of the others start nothing.</summary>
public sealed record RateLimit
{
    /// <summary>Limits how many runs there are in a time.</summary>
    /// <param name="limit">At least 1.</param>
    /// <param name="period">A second to 24 hours.</param>
    /// <param name="key">An expression over <c>event</c>: each of its values has the limit for itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range.</exception>
    public RateLimit(int limit, TimeSpan period, string? key = null) =>
        (Limit, Period, Key) = (Ranges.Require(limit, 1), Ranges.Require(period, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)), key);

    /// <summary>How many.</summary>
    public int Limit { get; }

    /// <summary>In which time.</summary>
    public TimeSpan Period { get; }

    /// <summary>An expression over <c>event</c>; null: one limit for all.</summary>
    public string? Key { get; }
}
