namespace Stepwell.Crash.Tests;

/// <summary>An event whose runs have all ended.</summary>
internal sealed record EndedEvent(CrashEvent What, IReadOnlyList<ShownRun> Runs);
