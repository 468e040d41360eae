using Stepwell.Executor.Matching;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.FlowControl;

/// <summary>A run starts with many events: when there are enough of them, or some time after the first.</summary>
/// <param name="MaxSize">2 to 100 events.</param>
/// <param name="Timeout">A second to 60 seconds.</param>
/// <param name="Key">Events of each of its values are gathered for themselves; null: all together.</param>
/// <param name="If">Events for which it does not hold start a run each; null: all are gathered.</param>
public sealed record Batch(int MaxSize, TimeSpan Timeout, MatchExpression? Key, MatchExpression? If)
{
    private const int LeastSize = 2;
    private const int LargestSize = 100;

    // A call with more would leave its events out, and each that joins rewrites them all.
    private const long MaxBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan s_leastTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestTimeout = TimeSpan.FromSeconds(60);

    /// <exception cref="SettingProblemException">It has no meaning.</exception>
    public static Batch? Read(RawJson? setting) => SettingReading.Object("batchEvents", setting) is { } reading
        ? new Batch(reading.Integer("maxSize", LeastSize, LargestSize), reading.Duration("timeout", s_leastTimeout, s_longestTimeout), reading.Expression("key"), reading.Expression("if"))
        : null;

    /// <summary>Whether it starts at once.</summary>
    /// <param name="events">How many there are.</param>
    /// <param name="bytes">Their size in all.</param>
    public bool IsFull(int events, long bytes) => events >= MaxSize || bytes >= MaxBytes;
}
