namespace Stepwell.Crash.Tests;

/// <summary>An event that was accepted.</summary>
/// <param name="What">The event.</param>
/// <param name="Id">The executor's id for it.</param>
internal sealed record SentEvent(CrashEvent What, string Id);
