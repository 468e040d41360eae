using System.Collections.Immutable;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Runs;

/// <summary>What the answer to a discovery call means.</summary>
internal static class Discovering
{
    public static void Apply(RunDraft draft, Fact.Discovered fact)
    {
        var open = draft.Run.Discovery!;
        draft.Run = draft.Run with
        {
            Discovery = null,
            Version = draft.Run.Version < 0 ? fact.Version : draft.Run.Version,
            ImmediateExecutionOff = draft.Run.ImmediateExecutionOff || fact.Ops.Count(IsStep) > 1,
        };

        if (fact.Ops.FirstOrDefault(op => op is UnknownOp or StepNotFoundOp) is { } unusable)
        {
            Retrying.Discovery(draft, open, RunFailures.NotReported(unusable).ToJson(), fact.Advice);
            return;
        }

        var unseen = UnseenBy(draft.Run, fact, open.Number);
        var (settled, known) = (draft.Run.Stack.Count, draft.Run.Steps.Count);
        var failed = FindSteps(draft, fact, open);
        if (!draft.Run.IsLive)
            return;

        if (draft.Run.Steps.Count > ProtocolLimits.MaxSteps)
            Ending.Fail(draft, RunFailures.TooManySteps.ToJson());
        else if (fact.Ops.FirstOrDefault(op => op is RunCompleteOp or SyncRunCompleteOp) is { } complete)
            Ending.Complete(draft, complete is RunCompleteOp run ? run.Data : ((SyncRunCompleteOp)complete).Data);
        else if (failed is not null)
            Retrying.Again(draft, open with { Retrying = failed }, fact.Advice);
        else
            GoOn(draft, fact, open, unseen.AddRange(draft.Run.Stack.Skip(settled)));

        AskingForEnd.AfterDiscovery(draft, fact.Ops, known);
    }

    /// <summary>
    /// What was settled while the call was under way, without what the call itself reported meanwhile and went on from. A step that it ends with, it has not gone on from:
    /// it does not know that its checkpoint was remembered.
    /// </summary>
    private static ImmutableArray<StepKey> UnseenBy(Run run, Fact.Discovered fact, int discovery) =>
        [.. run.Stack.Skip(fact.Call.Seen).Where(key => run.Steps[key].FoundIn != discovery || fact.Ops.Any(op => IsStep(op) && op.Id == key))];

    /// <summary>Takes up the steps that were found. Returns the one that failed and is to be tried again in the next attempt of this discovery.</summary>
    private static RetriedStep? FindSteps(RunDraft draft, Fact.Discovered fact, Discovery open)
    {
        RetriedStep? failed = null;
        // Waits first: what is sent beside a wait may be what it waits for.
        foreach (var op in fact.Ops.Where(IsStep).OrderBy(op => op is WaitForEventOp or WaitForSignalOp ? 0 : 1))
        {
            if (!draft.Run.IsLive)
                return null;

            if (draft.Run.Steps.ContainsKey(op.Id))
                continue;

            var attempts = Attempting.Of(open, op, Attempting.TimesOf(op, fact.Times));
            if (op is StepErrorOp && !Retrying.IsLast(draft, open.CountedAttempt, fact.Advice))
                failed = new RetriedStep(op.Id, op.Title, attempts);
            else
                StepFinding.Add(draft, op, open.Number, attempts);
        }

        return failed;
    }

    private static void GoOn(RunDraft draft, Fact.Discovered fact, Discovery open, ImmutableArray<StepKey> unseen)
    {
        var found = draft.Run.Stack.Count > fact.Call.Seen || fact.Ops.Any(op => IsStep(op) && draft.Run.Steps[op.Id].IsPending);
        if (found && fact.Ops.Any(op => op is DiscoveryRequestOp))
            Settling.OpenDiscovery(draft);
        else
            Settling.AskDiscovery(draft, unseen);

        if (draft.Run.Discovery is null && !draft.Run.HasPendingSteps)
            Retrying.Discovery(draft, open, RunFailures.NothingToDo.ToJson(), fact.Advice);
    }

    /// <summary>Whether an op is about a step, rather than about the run or nothing.</summary>
    private static bool IsStep(Op op) => op is not (NoneOp or DeferAddOp or DeferAbortOp or DiscoveryRequestOp or RunCompleteOp or SyncRunCompleteOp or UnknownOp or StepNotFoundOp);
}
