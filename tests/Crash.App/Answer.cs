namespace Stepwell.Crash.App;

/// <summary>What a run waits for.</summary>
/// <param name="Key">The key of the run's order.</param>
/// <param name="Value">What it is told.</param>
[Event("crash/answer")]
public sealed record Answer(string Key, int Value);
