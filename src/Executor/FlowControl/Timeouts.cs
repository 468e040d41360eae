using Stepwell.Protocol.Json;

namespace Stepwell.Executor.FlowControl;

/// <summary>When a run is cancelled because it takes too long.</summary>
/// <param name="Start">From its creation to its first call; null: without end.</param>
/// <param name="Finish">From its first call to its end; null: without end.</param>
public sealed record Timeouts(TimeSpan? Start, TimeSpan? Finish)
{
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(1);

    public static Timeouts None { get; } = new(null, null);

    /// <exception cref="SettingProblemException">It has no meaning.</exception>
    public static Timeouts Read(RawJson? setting) => SettingReading.Object("timeouts", setting) is { } reading
        ? new Timeouts(reading.OptionalDuration("start", s_least, TimeSpan.MaxValue), reading.OptionalDuration("finish", s_least, TimeSpan.MaxValue))
        : None;
}
