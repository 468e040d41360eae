namespace Stepwell.Executor.FlowControl;

/// <summary>Who has the one place of a singleton.</summary>
/// <param name="Run">The run.</param>
/// <param name="At">Since when.</param>
public sealed record PlaceState(string Run, DateTimeOffset At);
