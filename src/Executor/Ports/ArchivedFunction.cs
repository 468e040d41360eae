namespace Stepwell.Executor.Ports;

/// <summary>A function that its app no longer registers.</summary>
/// <param name="Id">The composite id.</param>
/// <param name="At">When the app registered without it.</param>
public sealed record ArchivedFunction(string Id, DateTimeOffset At);
