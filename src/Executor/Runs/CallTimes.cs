namespace Stepwell.Executor.Runs;

/// <summary>When a call was made and answered.</summary>
public sealed record CallTimes(DateTimeOffset StartedAt, DateTimeOffset EndedAt);
