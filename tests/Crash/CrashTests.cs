using System.Globalization;

namespace Stepwell.Crash.Tests;

/// <summary>Real processes, killed again and again on a storage that comes and goes, over connections that break.</summary>
public sealed class CrashTests
{
    private const string SeedVariable = "STEPWELL_CRASH_SEED";
    private const int MostShown = 20;

    // A slot of a dead process is free after a minute, and the sweep looks every two; a run may need both more than once.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan s_pulse = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Whatever_dies_every_run_ends_as_it_should()
    {
        var length = CrashLength.Read();
        var seed = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : Random.Shared.Next(1, 1_000_000);
        var rounds = new List<Figures>();
        for (var round = 0; round < length.Rounds; round++)
        {
            rounds.Add(await PlayAsync(length, seed + round));
            Console.WriteLine(rounds[^1]);
        }

        Console.WriteLine(rounds.Aggregate((all, round) => all.And(round)));
    }

    private static async Task<Figures> PlayAsync(CrashLength length, int seed)
    {
        using var deadline = new CancellationTokenSource(length.Torture + s_patience);
        await using var world = await CrashWorld.StartAsync(seed, deadline.Token);

        var torture = new Torture(world, seed).RunAsync(length.Torture);
        var sending = SendAllAsync(world.Api, Workload.Make(seed, length.Events), length.Torture / length.Events, deadline.Token);
        await torture;
        var endOfTorture = DateTimeOffset.UtcNow;
        var ended = await WaitForEndsAsync(world, await sending, deadline.Token);

        var ledger = ReadLedger.Of(world.LedgerFolder);
        var figures = Figures.Of(seed, world, ledger, ended, endOfTorture);
        var complaints = new Verdict(ledger).Of(ended).Concat(OwnEnds.Unexplained(world)).ToList();
        Assert.True(complaints.Count == 0, $"{complaints.Count} complaints; {world.Folder} holds the ledger and what the processes printed. {figures}\n{string.Join("\n", complaints.Take(MostShown))}");
        world.Forget();
        return figures;
    }

    /// <summary>Sends them at an even pace, however long each takes to be accepted.</summary>
    private static async Task<SentEvent[]> SendAllAsync(ExecutorApi api, IEnumerable<CrashEvent> events, TimeSpan pause, CancellationToken cancellationToken)
    {
        var sendings = new List<Task<SentEvent>>();
        using var pace = new PeriodicTimer(pause);
        foreach (var next in events)
        {
            await pace.WaitForNextTickAsync(cancellationToken);
            sendings.Add(SendAsync(next));
        }

        return await Task.WhenAll(sendings);

        async Task<SentEvent> SendAsync(CrashEvent what) => new(what, await api.SendAsync(what, cancellationToken));
    }

    private static async Task<IReadOnlyList<EndedEvent>> WaitForEndsAsync(CrashWorld world, SentEvent[] events, CancellationToken cancellationToken)
    {
        var ended = new List<EndedEvent>();
        foreach (var sent in events)
        {
            var count = Expected.Of(sent.What).Count;
            IReadOnlyList<ShownRun> runs = [];
            try
            {
                using var pulse = new PeriodicTimer(s_pulse);
                while (runs.Count < count || !runs.All(run => run.HasEnded))
                {
                    await pulse.WaitForNextTickAsync(cancellationToken);
                    runs = await world.Api.RunsOfAsync(sent.Id, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Assert.Fail(await Unended.DescribeAsync(world, sent, runs));
            }

            ended.Add(new EndedEvent(sent.What, runs));
        }

        return ended;
    }
}
