using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Runs;

/// <summary>What follows a failed attempt. Each step and each discovery has attempts of its own.</summary>
internal static class Retrying
{
    /// <summary>A step that was called on its own failed: another attempt, or at the last one a memo, so that the function's own catch decides.</summary>
    public static void Step(RunDraft draft, Step step, int attempt, RawJson error, RetryAdvice advice)
    {
        var from = draft.Run.Stack.Count;
        if (IsLast(draft, attempt, advice))
        {
            Settling.Settle(draft, step, new Memo.Error(error));
            Settling.AskDiscovery(draft, from);
            return;
        }

        var due = draft.Now + Backoff.Delay(attempt, advice, draft.By);
        // Not placed among the calls under way: the call that just failed leaves a hand free.
        draft.Put(step with
        {
            State = new StepState.Planned(attempt + 1, due, draft.PlaceTimer(step.Key, due)),
            Origin = draft.By.Message,
        });
    }

    /// <summary>A discovery failed as a whole: another attempt, or at the last one the end of the run.</summary>
    public static void Discovery(RunDraft draft, Discovery discovery, RawJson error, RetryAdvice advice)
    {
        if (IsLast(draft, discovery.CountedAttempt, advice))
            Ending.Fail(draft, error);
        else
            Again(draft, discovery, advice);
    }

    /// <summary>Opens the same discovery for its next attempt.</summary>
    public static void Again(RunDraft draft, Discovery discovery, RetryAdvice advice)
    {
        var due = draft.Now + Backoff.Delay(discovery.CountedAttempt, advice, draft.By);
        var holder = draft.PlaceTimer(Protocol.Ids.StepKey.Discovery, due);
        draft.Run = draft.Run with
        {
            Discovery = discovery with
            {
                Attempt = discovery.CountedAttempt + 1,
                Forgiven = 0,
                Dispatch = discovery.Dispatch + 1,
                Due = due,
                Holder = holder,
                Origin = draft.By.Message,
            },
        };
    }

    public static bool IsLast(RunDraft draft, int attempt, RetryAdvice advice) => advice.NoRetry || attempt + 1 >= draft.Run.MaxAttempts;
}
