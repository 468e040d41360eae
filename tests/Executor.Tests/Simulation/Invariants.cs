using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Simulation;

/// <summary>What holds after every commit.</summary>
internal static class Invariants
{
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
