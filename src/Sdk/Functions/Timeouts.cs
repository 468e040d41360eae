using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk;

/// <summary>When a run is cancelled because it takes too long.</summary>
public sealed record Timeouts
{
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(1);

    /// <summary>From its creation to its first call; null: without end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan? Start
    {
        get;
        init => field = value is { } time ? Ranges.Require(time, s_least, TimeSpan.MaxValue, nameof(Start)) : null;
    }

    /// <summary>From its first call to its end; null: without end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan? Finish
    {
        get;
        init => field = value is { } time ? Ranges.Require(time, s_least, TimeSpan.MaxValue, nameof(Finish)) : null;
    }
}
