using System.Collections.Immutable;

namespace Stepwell.Executor.FlowControl;

/// <summary>The state of a rate: when it has a place again, and whose places were taken last, so that a start that is told again takes none.</summary>
/// <param name="NextFree">When the places that are taken would be used up at the steady rate.</param>
/// <param name="Taken">The runs that took the last places, and when each starts.</param>
public sealed record RateState(DateTimeOffset NextFree, ImmutableArray<RateState.Place> Taken)
{
    private const int MaxTaken = 64;

    /// <summary>One place.</summary>
    public sealed record Place(string Run, DateTimeOffset StartAt);

    /// <summary>The place that a run has taken; null when it has none, or took it long ago.</summary>
    public static Place? Find(RateState? state, string run) => state?.Taken.FirstOrDefault(place => place.Run == run);

    /// <summary>The state after one more place.</summary>
    public static RateState After(RateState? state, DateTimeOffset nextFree, Place place)
    {
        var taken = (state?.Taken ?? []).Add(place);
        return new RateState(nextFree, taken.Length > MaxTaken ? taken[^MaxTaken..] : taken);
    }
}
