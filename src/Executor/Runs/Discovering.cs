using System.Collections.Immutable;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;
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
            GoOn(draft, fact, open);
    }

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

            var attempts = Attempts(fact, open, op);
            if (op is StepErrorOp && !Retrying.IsLast(draft, open.Attempt, fact.Advice))
                failed = new RetriedStep(op.Id, op.Title, attempts);
            else
                StepFinding.Add(draft, op, attempts);
        }

        return failed;
    }

    private static void GoOn(RunDraft draft, Fact.Discovered fact, Discovery open)
    {
        var found = draft.Run.Stack.Count > fact.Call.Seen || fact.Ops.Any(op => IsStep(op) && draft.Run.Steps[op.Id].IsPending);
        if (found && fact.Ops.Any(op => op is DiscoveryRequestOp))
            Settling.OpenDiscovery(draft);
        else
            Settling.AskDiscovery(draft, fact.Call.Seen);

        if (draft.Run.Discovery is null && !draft.Run.HasPendingSteps)
            Retrying.Discovery(draft, open, RunFailures.NothingToDo.ToJson(), fact.Advice);
    }

    private static ImmutableArray<AttemptRecord> Attempts(Fact.Discovered fact, Discovery open, Op op)
    {
        ImmutableArray<AttemptRecord> earlier = open.Retrying is { } retried && retried.Key == op.Id ? retried.Attempts : [];
        return op switch
        {
            StepRunOp or StepOp => earlier.Add(Record(null)),
            StepErrorOp error => earlier.Add(Record(error.Error)),
            StepFailedOp error => earlier.Add(Record(error.Error)),
            _ => earlier,
        };

        AttemptRecord Record(RawJson? error) => new(earlier.Length, fact.Times.StartedAt, fact.Times.EndedAt, error);
    }

    /// <summary>Whether an op is about a step, rather than about the run or nothing.</summary>
    private static bool IsStep(Op op) => op is not (NoneOp or DeferAddOp or DeferAbortOp or DiscoveryRequestOp or RunCompleteOp or SyncRunCompleteOp or UnknownOp or StepNotFoundOp);
}
