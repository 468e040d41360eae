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

    // A step that is being called may be settled at any moment, and then discovery asks all the same.
    private static readonly TimeSpan s_restBesideCalls = TimeSpan.FromSeconds(1);

    /// <summary>Asks, if a discovery found nothing but the losers of a race: at once if they have long to go, a little later if one of them is being called.</summary>
    public static void AfterDiscovery(RunDraft draft, ImmutableArray<Op> ops, int knownSteps)
    {
        var run = draft.Run;
        if (run.IsLive && run.Discovery is null && run.Version >= 2 && run.Steps.Count == knownSteps && !ops.IsEmpty
            && ops.All(op => run.Steps.TryGetValue(op.Id, out var step) && step.IsPending && step.Race)
            && run.Stack.Any(key => run.Steps[key].Race)
            && RestOf(run, draft.Now) is { } rest)
            Settling.OpenDiscovery(draft, asksForEndAt: draft.Now + rest);
    }

    /// <summary>How long to wait before asking; null when something is due so soon that nobody need ask.</summary>
    private static TimeSpan? RestOf(Run run, DateTimeOffset now)
    {
        var soon = PendingItems.Of(run).Where(item => item.Due <= now + s_answersWithin).ToList();
        if (soon.Count == 0)
            return TimeSpan.Zero;

        return soon.All(item => item.Due <= now && !Pickup.IsTimer(run, item.Key)) ? s_restBesideCalls : null;
    }

    /// <summary>It has not returned: the run rests until one of its steps is settled.</summary>
    public static void Deny(RunDraft draft) => draft.Run = draft.Run with { Discovery = null };
}
