using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk;

/// <summary>A run starts with many events, which are in <see cref="RunContext{TEvent}.Events"/>.</summary>
public sealed record Batch
{
    /// <summary>Gathers events.</summary>
    /// <param name="maxSize">2 to 100: with so many it starts.</param>
    /// <param name="timeout">A second to 60 seconds after the first it starts with those that there are.</param>
    /// <param name="key">An expression over <c>event</c>: events of each of its values are gathered for themselves.</param>
    /// <param name="if">An expression over <c>event</c>: events for which it does not hold start a run each.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range.</exception>
    public Batch(int maxSize, TimeSpan timeout, string? key = null, string? @if = null) =>
        (MaxSize, Timeout, Key, If) = (Ranges.Require(maxSize, 2, 100), Ranges.Require(timeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)), key, @if);

    /// <summary>With so many events it starts.</summary>
    public int MaxSize { get; }

    /// <summary>So long after the first event it starts.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>An expression over <c>event</c>; null: all together.</summary>
    public string? Key { get; }

    /// <summary>An expression over <c>event</c>; null: all are gathered.</summary>
    public string? If { get; }
}
