using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk;

/// <summary>How many runs start in a time; the others start later.</summary>
public sealed record Throttle
{
    /// <summary>Limits how many runs start in a time.</summary>
    /// <param name="limit">At least 1; so many start at once, and from then on one in each share of the period.</param>
    /// <param name="period">At least a second.</param>
    /// <param name="burst">By how much the limit may be exceeded at once, at least 1: so many times.</param>
    /// <param name="key">An expression over <c>event</c>: each of its values is throttled for itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range.</exception>
    public Throttle(int limit, TimeSpan period, int burst = 1, string? key = null) =>
        (Limit, Period, Burst, Key) = (Ranges.Require(limit, 1), Ranges.Require(period, TimeSpan.FromSeconds(1), TimeSpan.MaxValue), Ranges.Require(burst, 1), key);

    /// <summary>How many start at once.</summary>
    public int Limit { get; }

    /// <summary>In which time.</summary>
    public TimeSpan Period { get; }

    /// <summary>How many limits at once.</summary>
    public int Burst { get; }

    /// <summary>An expression over <c>event</c>; null: one throttle for all.</summary>
    public string? Key { get; }
}
