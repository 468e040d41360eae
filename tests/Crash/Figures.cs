using Stepwell.Crash.App;

namespace Stepwell.Crash.Tests;

/// <summary>What a crash run amounted to.</summary>
/// <param name="Seed">Decides the events and the order in which things are broken.</param>
/// <param name="Events">Events accepted.</param>
/// <param name="Sendings">How often they were sent.</param>
/// <param name="Runs">Runs in the ledger.</param>
/// <param name="Executions">Bodies of steps that ran to their end or failed.</param>
/// <param name="Steps">Steps with a result.</param>
/// <param name="ExecutedAgain">Of them those of which more than one execution gave one.</param>
/// <param name="ExecutorKills">Executors killed.</param>
/// <param name="AppKills">Copies of the app killed.</param>
/// <param name="AzuriteRestarts">How often Azurite was stopped and started.</param>
/// <param name="Cuts">Connections cut.</param>
/// <param name="OwnEnds">Processes that ended by themselves, as an executor does that finds no storage when it starts.</param>
/// <param name="LastEnd">From the end of the torture to the last end of a run.</param>
internal sealed record Figures(
    int Seed, int Events, int Sendings, int Runs, int Executions, int Steps, int ExecutedAgain, int ExecutorKills, int AppKills, int AzuriteRestarts, int Cuts, int OwnEnds, TimeSpan LastEnd)
{
    public static Figures Of(int seed, CrashWorld world, ReadLedger ledger, IReadOnlyList<EndedEvent> ended, DateTimeOffset endOfTorture)
    {
        var given = ledger.Lines.Where(line => line.Mark == LedgerMark.Gives).GroupBy(line => (line.Run, line.Step)).ToList();
        var last = ended.SelectMany(one => one.Runs).Max(run => run.EndedAt!.Value);
        return new Figures(
            seed,
            ended.Count,
            world.Api.Sendings,
            ledger.Runs.Count,
            ledger.Lines.Count(line => line.Mark == LedgerMark.Starts),
            given.Count,
            given.Count(step => step.Count() > 1),
            world.Executors.Sum(executor => executor.Kills),
            world.Apps.Sum(app => app.Kills),
            world.AzuriteRestarts,
            world.ExecutorProxy.Cuts + world.AppProxy.Cuts,
            world.Executors.Concat(world.Apps).Sum(program => program.OwnEnds.Count),
            last > endOfTorture ? last - endOfTorture : TimeSpan.Zero);
    }

    /// <summary>Two rounds together; the seed is the first one's.</summary>
    public Figures And(Figures other) => new(
        Seed,
        Events + other.Events,
        Sendings + other.Sendings,
        Runs + other.Runs,
        Executions + other.Executions,
        Steps + other.Steps,
        ExecutedAgain + other.ExecutedAgain,
        ExecutorKills + other.ExecutorKills,
        AppKills + other.AppKills,
        AzuriteRestarts + other.AzuriteRestarts,
        Cuts + other.Cuts,
        OwnEnds + other.OwnEnds,
        LastEnd > other.LastEnd ? LastEnd : other.LastEnd);

    public override string ToString() =>
        $"Seed {Seed}: {Runs} runs of {Events} events, sent {Sendings} times; {Executions} executions of steps, {Steps} steps with a result, {ExecutedAgain} of them executed again; "
        + $"{ExecutorKills} kills of executors, {AppKills} of apps, {AzuriteRestarts} restarts of Azurite, {Cuts} connections cut, {OwnEnds} processes that ended by themselves; "
        + $"the last run ended {LastEnd.TotalSeconds:0} s after the last kill.";
}
