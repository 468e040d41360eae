using System.Collections.Immutable;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Runs;

/// <summary>
/// Whether a function has returned though steps of its are pending. In version 2 an app that has such steps reports them, whether its function waits for them
/// or has returned already with the winner of a race; only a call for one step is answered with what the function returned. So a step is asked for that
/// nobody has: a function that has returned says so, any other says that the step was not found.
/// </summary>
internal static class AskingForEnd
{
    // An app looks for a step for ten seconds before it says that there is none; what is due earlier than that needs no such question.
    private static readonly TimeSpan s_answersWithin = TimeSpan.FromSeconds(15);

    /// <summary>Asks, if a discovery found nothing but the losers of a race, and they have long to go.</summary>
    public static void AfterDiscovery(RunDraft draft, ImmutableArray<Op> ops, int knownSteps)
    {
        var run = draft.Run;
        if (run.IsLive && run.Discovery is null && run.Version >= 2 && run.Steps.Count == knownSteps && !ops.IsEmpty
            && ops.All(op => run.Steps.TryGetValue(op.Id, out var step) && step.IsPending && step.Race)
            && run.Stack.Any(key => run.Steps[key].Race)
            && PendingItems.Of(run).All(item => item.Due > draft.Now + s_answersWithin))
            Settling.OpenDiscovery(draft, asksForEnd: true);
    }

    /// <summary>It has not returned: the run rests until one of its steps is settled.</summary>
    public static void Deny(RunDraft draft) => draft.Run = draft.Run with { Discovery = null };
}
