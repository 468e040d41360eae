using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Runs;

/// <summary>How a run ended, or that it has not.</summary>
public abstract record RunOutcome
{
    private RunOutcome() { }

    public static RunOutcome None { get; } = new Live();

    public sealed record Live : RunOutcome;

    /// <summary>The function returned.</summary>
    public sealed record Completed(RawJson Output, DateTimeOffset At) : RunOutcome;

    /// <summary>The function failed for good: an error object.</summary>
    public sealed record Failed(RawJson Error, DateTimeOffset At) : RunOutcome;

    /// <summary>Somebody asked for its end.</summary>
    public sealed record Cancelled(string Reason, DateTimeOffset At) : RunOutcome;

    /// <summary>Its function's settings did not let it start.</summary>
    public sealed record Skipped(string Reason, DateTimeOffset At) : RunOutcome;
}
