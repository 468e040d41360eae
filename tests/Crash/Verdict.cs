using System.Text.Json;
using Stepwell.Crash.App;

namespace Stepwell.Crash.Tests;

/// <summary>Compares what the executors say with what the events ask for and with what the ledger tells.</summary>
internal sealed class Verdict(ReadLedger ledger)
{
    private readonly List<string> _complaints = [];
    private readonly ILookup<(string Function, string Key), string> _runsOf = ledger.Lines.ToLookup(line => (line.Function, line.Key), line => line.Run);

    /// <summary>What is wrong, each with the lines of the ledger about it. Empty when all is right.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<EndedEvent> events)
    {
        _complaints.Clear();
        foreach (var ended in events)
        {
            CheckEnds(ended);
            CheckRunsInLedger(ended);
        }

        CheckNobodyElse(events);
        foreach (var (run, lines) in ledger.Runs)
            CheckSteps(run, lines);

        return _complaints;
    }

    private void CheckEnds(EndedEvent ended)
    {
        foreach (var expected in Expected.Of(ended.What))
        {
            if (ended.Runs.Where(run => run.Function == $"crash-{expected.Function}").ToList() is not [var run])
            {
                Complain($"{ended.What} has not exactly one run of {expected.Function}: {string.Join("; ", ended.Runs)}", "");
                continue;
            }

            if (run.Status != expected.Status)
                Complain($"{ended.What} should have {expected.Status}, but {run}", run.Id);
            else if (expected.Value is { } value)
                CheckOutcome(ended.What, run, value);
            else if (!run.Output.GetRawText().Contains($"{ended.What.Order.Key} is meant to fail", StringComparison.Ordinal) && expected.Function == Shapes.Failing)
                Complain($"{ended.What} should have failed with its own error, but {run}", run.Id);
        }
    }

    private void CheckOutcome(CrashEvent sent, ShownRun run, int value)
    {
        var outcome = run.Output.Deserialize(CrashJson.Default.Outcome)!;
        if (outcome.Value != value)
            Complain($"{sent} should have ended with {value}, but {run}", run.Id);

        // What the run has seen is what one of the executions gave: the ledger's rule for each step, here for what came out in the end.
        var given = LinesOf(run.Id).Where(line => line.Mark == LedgerMark.Gives).Select(line => (line.Step, line.Nonce)).ToHashSet();
        foreach (var (step, nonce) in outcome.Seen.Select(seen => (seen.Step, seen.Nonce)).Where(seen => !given.Contains(seen)))
            Complain($"{sent} ended with the result {nonce} of step {step}, which no execution of it gave; {run}", run.Id);
    }

    /// <summary>However often the event was sent and whatever died: one run of each function, and of each child.</summary>
    private void CheckRunsInLedger(EndedEvent ended)
    {
        var key = ended.What.Order.Key;
        var children = Enumerable.Range(0, Expected.ChildrenOf(ended.What)).Select(i => (Shapes.Child, Key: $"{key}/{i}"));
        foreach (var (function, order) in Expected.Of(ended.What).Select(expected => (expected.Function, key)).Concat(children))
        {
            if (_runsOf[(function, order)].Distinct().ToList() is not [var run])
                Complain($"{ended.What} should have one run of {function} in the ledger, not: {string.Join(", ", _runsOf[(function, order)].Distinct())}", "");
            else if (function != Shapes.Child && !ended.Runs.Any(shown => shown.Id == run))
                Complain($"{ended.What}: the ledger tells of the run {run} of {function}, the executors of {string.Join("; ", ended.Runs)}", run);
        }
    }

    private void CheckNobodyElse(IReadOnlyList<EndedEvent> events)
    {
        var keys = events.Select(ended => ended.What.Order.Key).ToHashSet();
        foreach (var line in ledger.Lines.Where(line => !keys.Contains(line.Key.Split('/')[0])).DistinctBy(line => line.Run))
            Complain($"Nobody has asked for the run {line.Run} of {line.Function} with the order {line.Key}.", line.Run);
    }

    private void CheckSteps(string run, IReadOnlyList<LedgerLine> lines)
    {
        foreach (var step in lines.GroupBy(line => line.Step))
        {
            var sightings = step.Where(line => line.Mark == LedgerMark.Sees).ToList();
            if (sightings.Count == 0)
                continue;

            // Never another result than the first one seen.
            if (sightings.DistinctBy(line => line.Nonce).Count() > 1)
                Complain($"The result of step {step.Key} of run {run} has changed.", run, step.Key);

            if (!step.Any(line => line.Mark == LedgerMark.Gives && line.Nonce == sightings[0].Nonce))
                Complain($"Step {step.Key} of run {run} has the result {sightings[0].Nonce}, which no execution of it gave.", run, step.Key);

            // An execution that begins late is none of the executor's doing; a call that it makes late is.
            var seen = sightings.Min(line => line.At);
            if (step.FirstOrDefault(line => line.Mark == LedgerMark.Starts && CallTime.Of(line.Call) > seen) is { } late)
                Complain($"Step {step.Key} of run {run} was run by the call {late.Call}, made at {CallTime.Of(late.Call):O}, though its result had been seen at {seen:O}.", run, step.Key);
        }
    }

    private void Complain(string what, string run, string? step = null)
    {
        var about = LinesOf(run).Where(line => step is null || line.Step == step).Select(line => $"    {line.At:HH:mm:ss.fff} {line.Mark} {line.Step} {line.Nonce} in call {line.Call}");
        _complaints.Add(string.Join('\n', about.Prepend(what)));
    }

    private IReadOnlyList<LedgerLine> LinesOf(string run) => ledger.Runs.GetValueOrDefault(run) ?? [];
}
