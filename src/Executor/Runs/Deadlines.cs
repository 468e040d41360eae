using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>When a run is cancelled because it takes too long: before its first call, or from there to its end.</summary>
internal static class Deadlines
{
    // The queue tells when it has come; no handling of calls holds it.
    private static readonly MessageId s_timer = new("t");

    /// <summary>The time at which the run, as it stands, is cancelled; null when there is none.</summary>
    public static DateTimeOffset? Of(Run run) => run.StartedAt is { } started ? started + run.FinishWithin : run.StartBy;

    public static PendingItem? ItemOf(Run run) => Of(run) is { } due ? new PendingItem(StepKey.Deadline, due, s_timer, MessageId.None) : null;

    /// <summary>The message that looks at the time when it has come; null when there is none.</summary>
    public static Hint? HintOf(Run run) => Of(run) is { } due ? new Hint(s_timer, [StepKey.Deadline], due) : null;

    public static void Wake(RunDraft draft)
    {
        if (Of(draft.Run) is { } due && due <= draft.Now)
            Ending.Cancel(draft, draft.Run.StartedAt is null ? "it did not start in time" : "it did not finish in time");
    }
}
