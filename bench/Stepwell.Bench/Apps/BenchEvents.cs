using Stepwell.Sdk;

namespace Stepwell.Bench.Apps;

/// <summary>The events that start the functions; the number tells the runs apart.</summary>
internal static class BenchEvents
{
    /// <summary>So many steps, one after the other, each with a result of so many bytes.</summary>
    [Event("bench/sequence")]
    internal sealed record Sequence(int Number, int Steps, int Bytes);

    /// <summary>So many steps side by side.</summary>
    [Event("bench/fan-out")]
    internal sealed record FanOut(int Number, int Steps);

    /// <summary>A sleep between two steps.</summary>
    [Event("bench/nap")]
    internal sealed record Nap(int Number, int Milliseconds);

    /// <summary>A sleep up to a moment, then a step.</summary>
    [Event("bench/wake")]
    internal sealed record Wake(int Number, DateTimeOffset Until);
}
