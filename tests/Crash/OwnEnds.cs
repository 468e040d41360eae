namespace Stepwell.Crash.Tests;

/// <summary>Processes that ended though nobody killed them.</summary>
internal static class OwnEnds
{
    // An executor that starts while the storage is away says so and gives up.
    private static readonly string[] s_reasons = ["cannot be used:", "has not answered within"];

    /// <summary>Those that had no reason to.</summary>
    public static IEnumerable<string> Unexplained(CrashWorld world) => world.Executors.Concat(world.Apps).SelectMany(program => program.OwnEnds)
        .Where(end => !s_reasons.Any(reason => end.Contains(reason, StringComparison.Ordinal)))
        .Select(end => $"A process ended by itself: {end}");
}
