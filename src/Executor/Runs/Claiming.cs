using System.Collections.Immutable;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>Who works on what. A live claim keeps others away, even another copy of the same message.</summary>
internal static class Claiming
{
    /// <summary>Gives items to a message, as far as nobody holds a live claim on them.</summary>
    public static void Claim(RunDraft draft, ImmutableArray<StepKey> items)
    {
        foreach (var key in items)
        {
            if (PendingItems.Find(draft.Run, key) is { } item && !draft.Run.IsClaimed(item.Holder, draft.Now))
                Hand(draft, item, draft.By.Holder, item.Due > draft.Now + draft.By.Patience ? draft.Now : item.Due);
        }
    }

    /// <summary>Puts a call off that the message holds.</summary>
    public static void Postpone(RunDraft draft, StepKey key, DateTimeOffset until)
    {
        if (PendingItems.Find(draft.Run, key) is { } item && item.Holder == draft.By.Holder)
            Hand(draft, item, draft.PlaceLater(key, until), until);
    }

    /// <summary>Sends everything that a message holds to the queue.</summary>
    public static void Release(RunDraft draft)
    {
        foreach (var item in PendingItems.Of(draft.Run).Where(item => item.Holder == draft.By.Holder).ToList())
            Hand(draft, item, draft.PlaceCall(item.Key, item.Due), item.Due);
    }

    /// <summary>Writes down until when the message says that it works on the run, and forgets what is over.</summary>
    public static Run Refresh(Run run, Handling by, DateTimeOffset now)
    {
        if (!run.IsLive)
            return run with { Claims = run.Claims.Clear() };

        // A claim is also over when all that it was about was dropped, as the losers of a race are.
        var claims = run.Claims.RemoveRange(run.Claims.Where(claim => claim.Value <= now || !Holds(run, claim.Key)).Select(claim => claim.Key));
        var holds = by.GoesOn && Holds(run, by.Holder);
        return run with { Claims = holds ? claims.SetItem(by.Holder, now + by.ClaimLength) : claims.Remove(by.Holder) };
    }

    /// <summary>Whether a message works on anything of a run, or did until its claim was over and nobody else has begun.</summary>
    public static bool Holds(Run run, MessageId holder) => PendingItems.Of(run).Any(item => item.Holder == holder);

    private static void Hand(RunDraft draft, PendingItem item, MessageId holder, DateTimeOffset due)
    {
        if (draft.Run.Discovery is { } open && open.Key == item.Key)
        {
            draft.Run = draft.Run with { Discovery = open with { Holder = holder, Due = due, Origin = draft.By.Message, Dispatch = open.Dispatch + 1 } };
            return;
        }

        var step = draft.Run.Steps[item.Key];
        StepState state = step.State switch
        {
            StepState.Planned planned => planned with { Holder = holder, Due = due },
            StepState.Sleeping sleeping => sleeping with { Holder = holder },
            StepState.Waiting waiting => waiting with { Holder = holder },
            _ => step.State,
        };
        draft.Put(step with { State = state, Origin = draft.By.Message });
    }
}
