using System.Collections.Immutable;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

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
    public static void AskDiscovery(RunDraft draft, int settledFrom) => AskDiscovery(draft, [.. draft.Run.Stack.Skip(settledFrom)]);

    /// <summary>Opens discovery after steps that no discovery has seen settled, unless one is open.</summary>
    public static void AskDiscovery(RunDraft draft, ImmutableArray<StepKey> unseen)
    {
        var run = draft.Run;
        if (!run.IsLive || run.Discovery is { AsksForEnd: false } || unseen.IsEmpty)
            return;

        if (!run.HasPendingSteps || run.Version < 2 || unseen.Any(key => run.Steps[key].Race) || unseen.Any(IsLastOfItsGroup))
            OpenDiscovery(draft);

        bool IsLastOfItsGroup(StepKey key) => !run.Steps.Values.Any(step => step.IsPending && step.FoundIn == run.Steps[key].FoundIn);
    }

    /// <summary>
    /// Opens a new discovery. Immediate execution comes back only when nothing is pending, and in version 1 never. A group whose last step is a sleep brings it
    /// back one call later, as the reference server does: what middleware of an app sees of such a group does not depend on who calls it.
    /// </summary>
    /// <param name="draft">The decision.</param>
    /// <param name="asksForEndAt">When to ask only whether the function has returned; see <see cref="AskingForEnd"/>.</param>
    public static void OpenDiscovery(RunDraft draft, DateTimeOffset? asksForEndAt = null)
    {
        var run = draft.Run;
        draft.Run = run with
        {
            Discoveries = run.Discoveries + 1,
            ImmediateExecutionOff = run.HasPendingSteps || (run.ImmediateExecutionOff && (run.Version < 2 || IsWokenBySleep(run))),
        };
        var discovery = new Discovery
        {
            Number = run.Discoveries,
            AsksForEnd = asksForEndAt is not null,
            Attempt = 0,
            Due = asksForEndAt ?? draft.Now,
            Origin = draft.By.Message,
            Holder = draft.PlaceCall(asksForEndAt is null ? StepKey.Discovery : StepKey.Returned, asksForEndAt ?? draft.Now),
        };
        draft.Run = draft.Run with { Discovery = discovery };
    }

    private static bool IsWokenBySleep(Run run) => run.Stack is [.., var last] && run.Steps[last].Op == OpCode.Sleep;
}
