using Stepwell.Executor.Runs;

namespace Stepwell.Simulation.Tests;

/// <summary>What holds after every commit.</summary>
internal static class RunInvariants
{
    public static void Check(Run before, Run after)
    {
        Check(after);
        Require(after, after.Stack.Count >= before.Stack.Count && before.Stack.SequenceEqual(after.Stack.Take(before.Stack.Count)), "the stack only grows");
        foreach (var key in before.Stack)
            Require(after, before.Steps[key].State == after.Steps[key].State, "a memo is written once");

        Require(after, after.Discoveries >= before.Discoveries && after.Steps.Count >= before.Steps.Count, "nothing is forgotten");
        Require(after, before.IsLive || before == after, "a run that has ended stays as it ended");
    }

    public static void Check(Run run)
    {
        var pending = PendingItems.Of(run).ToList();
        Require(run, run.IsLive == pending.Count > 0, "a live run has something pending, an ended one nothing");
        Require(run, run.IsLive || run.Claims.IsEmpty, "an ended run has no claims");
        Require(run, run.Stack.Count == run.Steps.Values.Count(step => step.State is StepState.Done), "the stack holds the settled steps");
        for (var i = 0; i < run.Stack.Count; i++)
            Require(run, run.Steps[run.Stack[i]].State is StepState.Done done && done.Order == i, "the stack is in order of completion");

        foreach (var claim in run.Claims.Keys)
            Require(run, pending.Any(item => item.Holder == claim), "a claim is about something pending");
    }

    private static void Require(Run run, bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"Run {run.Id}: it does not hold that {what}.");
    }
}
