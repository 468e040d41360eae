namespace Stepwell.Executor.Runs;

/// <summary>An event that cancels the run.</summary>
/// <param name="Event">Its name.</param>
/// <param name="If">What must hold, over <c>event</c>, the run's, and <c>async</c>, this one; null: any does.</param>
/// <param name="Until">Until when it counts.</param>
public sealed record CancelWait(string Event, string? If, DateTimeOffset Until);
