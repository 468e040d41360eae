using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk;

/// <summary>A run starts when no further event has come for a time, with the last of them.</summary>
public sealed record Debounce
{
    /// <summary>Lets a run start when no further event has come for a time.</summary>
    /// <param name="period">A second to 7 days.</param>
    /// <param name="key">An expression over <c>event</c>: each of its values is debounced for itself.</param>
    /// <param name="timeout">The longest time from the first event to the start, at least the period; null: without end.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range.</exception>
    public Debounce(TimeSpan period, string? key = null, TimeSpan? timeout = null)
    {
        Period = Ranges.Require(period, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        Key = key;
        Timeout = timeout is { } longest ? Ranges.Require(longest, period, TimeSpan.MaxValue, nameof(timeout)) : null;
    }

    /// <summary>For how long no event must come.</summary>
    public TimeSpan Period { get; }

    /// <summary>An expression over <c>event</c>; null: all together.</summary>
    public string? Key { get; }

    /// <summary>The longest time from the first event to the start; null: without end.</summary>
    public TimeSpan? Timeout { get; }
}
