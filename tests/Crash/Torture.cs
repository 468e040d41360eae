namespace Stepwell.Crash.Tests;

/// <summary>Kills an executor each second, a copy of the app every ten, and takes Azurite away every twenty.</summary>
internal sealed class Torture(CrashWorld world, int seed)
{
    private static readonly TimeSpan s_betweenExecutors = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_betweenApps = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_betweenAzurites = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_longestAway = TimeSpan.FromSeconds(3);

    /// <summary>Goes on for so long; then everything is left to come up again.</summary>
    public async Task RunAsync(TimeSpan length)
    {
        using var end = new CancellationTokenSource(length);
        var (executors, apps, away) = (new Random(seed), new Random(seed + 1), new Random(seed + 2));
        world.Break(true);
        await Task.WhenAll(
            EveryAsync(s_betweenExecutors, () => KillAsync(executors, world.Executors), end.Token),
            EveryAsync(s_betweenApps, () => KillAsync(apps, world.Apps), end.Token),
            EveryAsync(s_betweenAzurites, () => world.RestartAzuriteAsync(away.NextDouble() * s_longestAway), end.Token));
        world.Break(false);
    }

    private static async Task EveryAsync(TimeSpan pause, Func<Task> act, CancellationToken end)
    {
        using var timer = new PeriodicTimer(pause);
        try
        {
            while (await timer.WaitForNextTickAsync(end))
                await act();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // It is enough.
        }
    }

    // The last one that is up is spared: on a slow machine, where the others take long to come up again, nothing would ever be under way.
    private static Task KillAsync(Random random, IReadOnlyList<Supervised> programs)
    {
        var ready = programs.Where(program => program.IsReady).ToList();
        if (ready.Count > 1)
            ready[random.Next(ready.Count)].Kill();

        return Task.CompletedTask;
    }
}
