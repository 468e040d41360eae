using System.Text.Json;
using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;

namespace Stepwell.Simulation.Tests;

/// <summary>What holds when nothing is left to do: every accepted event's runs have ended, as if nothing had gone wrong, and nothing of them is left behind.</summary>
internal static class Endings
{
    public static void Check(World world, Faults faults)
    {
        foreach (var (id, functions) in world.Accepted)
        {
            foreach (var function in functions)
            {
                var runs = RunsOf(world, id, function).Count();
                // An event that is sent again when its batch has begun joins the next.
                Require(runs == 1 || (function.IsBatched && runs > 1), $"event {id} has {runs} runs of {function.Id} instead of one");
            }
        }

        var expected = new Expected(world.Functions);
        foreach (var run in world.Witness.Runs.Values)
            CheckOutcome(world, run, expected);

        Require(world.Storage.Queue.Count == 0, $"{world.Storage.Queue.Count} messages are left");
        // What a process leaves behind that dies, the sweep clears away.
        if (faults.Sweeps)
            CheckLeftovers(world);

        if (!faults.LosesCalls)
            CheckCalls(world);
    }

    private static IEnumerable<Run> RunsOf(World world, string id, SimulatedFunction function) => world.Witness.Runs.Values.Where(run =>
        run.Function == function.Id && (function.IsBatched ? run.Events.Any(happened => Has(happened.ToString(), id)) : run.Id == RunIds.Of(id, function.Id, 0)));

    private static bool Has(string happened, string id) => happened.Contains($"\"id\":\"{id}\"", StringComparison.Ordinal);

    private static void CheckOutcome(World world, Run run, Expected expected)
    {
        if (run.Outcome is RunOutcome.Cancelled && (world.Cancelled.Contains(run.Id.Value) || world.Cancelled.Contains(ScriptedApp.KeyOf(run))))
            return;

        Require(expected.Of(run.Function) == Expected.Of(run), $"run {run.Id} of {world.Functions[run.Function].Manner} {world.Functions[run.Function].Body} ended with {Expected.Of(run)} instead of {expected.Of(run.Function)}");
    }

    private static void CheckLeftovers(World world)
    {
        Require(world.Storage.Live.DueAsync(DateTimeOffset.MaxValue, 1, CancellationToken.None).Result.IsEmpty, "a row of the live index is left");
    }

    /// <summary>What holds where no call is lost: limits at every instant, no slot that is not given back, no body that runs twice.</summary>
    private static void CheckCalls(World world)
    {
        Require(world.Storage.Waits.Count == 0, $"{world.Storage.Waits.Count} waits are left");
        Require(world.Storage.Gates.Waiting == 0, $"{world.Storage.Gates.Waiting} stand in a line");
        foreach (var (id, most) in world.App.MostAtATime)
            Require(most <= (world.Functions[id].Slots ?? int.MaxValue), $"{most} calls of {id} were under way at a time; it has {world.Functions[id].Slots} slots");

        foreach (var key in world.Witness.Gates.Where(key => key.StartsWith("slots-", StringComparison.Ordinal)))
        {
            var state = JsonSerializer.Deserialize<SlotState>(world.Storage.Gates.ReadAsync(key, CancellationToken.None).Result.State.Utf8.Span)!;
            Require(state is { Held.IsEmpty: true, Ready.IsEmpty: true }, $"a slot is left: {string.Join(", ", state.Held)}");
        }

        foreach (var run in world.Witness.Runs.Values)
        {
            foreach (var work in world.Functions[run.Function].Body.Steps.OfType<Node.Work>())
            {
                var most = work.FailsForGood ? 1 : work.Failures + 1;
                Require(world.App.Executions.Count(run.Id, work.Id) <= most, $"step {work.Id} of run {run.Id} ran {world.App.Executions.Count(run.Id, work.Id)} times instead of {most}");
            }
        }
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
            throw new SimulationFailedException(what);
    }
}
