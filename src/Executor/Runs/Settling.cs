using Stepwell.Protocol;
using Stepwell.Protocol.Calls;

namespace Stepwell.Executor.Runs;

/// <summary>Writes memos, and opens discovery when a settled step asks for it.</summary>
internal static class Settling
{
    /// <summary>Writes a step's memo. Each pending step gets exactly one.</summary>
    public static void Settle(RunDraft draft, Step step, Memo memo)
    {
        var run = draft.Run;
        var bytes = run.StateBytes + memo.Content.Length;
        draft.Put(step with { State = new StepState.Done(memo, run.Stack.Count, draft.Now), Origin = draft.By.Message });
        draft.Run = draft.Run with { Stack = run.Stack.Add(step.Key), StateBytes = bytes };

        if (bytes > ProtocolLimits.MaxRunStateBytes)
            Ending.Fail(draft, RunFailures.StateTooLarge(step.Name, bytes).ToJson());
    }

    /// <summary>Opens discovery after the steps from that place in the order of completion on, unless one is open: it will be opened again when it returns.</summary>
    public static void AskDiscovery(RunDraft draft, int settledFrom)
    {
        var run = draft.Run;
        if (!run.IsLive || run.Discovery is not null || run.Stack.Count <= settledFrom)
            return;

        if (!run.HasPendingSteps || run.Version < 2 || run.Stack.Skip(settledFrom).Any(key => run.Steps[key].Race))
            OpenDiscovery(draft);
    }

    /// <summary>Opens a new discovery. Immediate execution comes back only when nothing is pending, and in version 1 never.</summary>
    public static void OpenDiscovery(RunDraft draft)
    {
        var run = draft.Run;
        draft.Run = run with
        {
            Discoveries = run.Discoveries + 1,
            ImmediateExecutionOff = run.HasPendingSteps || (run.ImmediateExecutionOff && run.Version < 2),
        };
        var discovery = new Discovery
        {
            Number = run.Discoveries,
            Attempt = 0,
            Due = draft.Now,
            Origin = draft.By.Message,
            Holder = draft.PlaceCall(Protocol.Ids.StepKey.Discovery, draft.Now),
        };
        draft.Run = draft.Run with { Discovery = discovery };
    }
}
