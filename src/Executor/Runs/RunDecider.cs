using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Runs;

/// <summary>
/// The whole behaviour of a run, as a function of values. A fact that does not fit the run as it stands (of an earlier attempt, about a step that is
/// settled or that another has taken over, after the end) is stale and changes nothing.
/// </summary>
public static class RunDecider
{
    /// <summary>What follows from a fact.</summary>
    /// <param name="run">The newest state of the run.</param>
    /// <param name="fact">What happened.</param>
    /// <param name="now">The time of the decision.</param>
    public static Decision Decide(Run run, Fact fact, DateTimeOffset now)
    {
        if (!run.IsLive)
            return new Decision(run, []);

        var draft = new RunDraft(run, fact.By, now);
        switch (fact)
        {
            case Fact.Claimed claimed:
                Claiming.Claim(draft, claimed.Items);
                break;
            case Fact.Renewed:
                if (Claiming.Holds(run, fact.By.Holder))
                    draft.Touch();
                break;
            case Fact.Postponed postponed:
                Claiming.Postpone(draft, postponed.Item, postponed.Until);
                break;
            case Fact.Begun begun:
                Start(draft, begun.At);
                break;
            case Fact.Released:
                Claiming.Release(draft);
                break;
            case Fact.Discovered found when IsOpen(run, found.Call):
                Start(draft, found.Times.StartedAt);
                Discovering.Apply(draft, found);
                break;
            case Fact.Checkpointed checkpointed when Checkpointing.IsOpen(run, checkpointed.Dispatch):
                Start(draft, checkpointed.Times.StartedAt);
                Checkpointing.Apply(draft, checkpointed);
                break;
            case Fact.StepReturned returned when PlannedStep(run, returned.Call, returned.By) is { } step:
                Start(draft, returned.Times.StartedAt);
                Return(draft, step, returned);
                break;
            case Fact.FunctionReturned returned when IsExpected(run, returned.Call, returned.By):
                Start(draft, returned.Times.StartedAt);
                Ending.Complete(draft, returned.Output);
                break;
            case Fact.FunctionFailed failed when IsExpected(run, failed.Call, failed.By):
                Start(draft, failed.Times.StartedAt);
                Ending.Fail(draft, failed.Error);
                break;
            case Fact.CallFailed failed when IsOpen(run, failed.Call) && run.Discovery!.AsksForEnd:
                AskingForEnd.Deny(draft);
                break;
            case Fact.CallFailed failed when IsOpen(run, failed.Call):
                Start(draft, failed.Times.StartedAt);
                draft.Run = draft.Run with { Discovery = null };
                Retrying.Discovery(draft, run.Discovery!, failed.Error, failed.Advice);
                break;
            case Fact.CallFailed failed when PlannedStep(run, failed.Call, failed.By) is { } step:
                Start(draft, failed.Times.StartedAt);
                Retrying.Step(draft, Attempted(step, failed.Call, failed.Times, failed.Error), failed.Call.Attempt, failed.Error, failed.Advice);
                break;
            case Fact.Woke { Step: var key } when key == StepKey.Deadline:
                Deadlines.Wake(draft);
                break;
            case Fact.Woke woke:
                Wake(draft, woke.Step);
                break;
            case Fact.EventMatched matched:
                Resume<Wait.Event>(draft, matched.Step, new Memo.Bare(matched.Event));
                break;
            case Fact.SignalReceived received:
                Resume<Wait.Signal>(draft, received.Step, new Memo.Data(received.Signal));
                break;
            case Fact.ChildEnded ended:
                Resume<Wait.Child>(draft, ended.Step, ended.Memo);
                break;
            case Fact.WaitRefused refused:
                Resume<Wait>(draft, refused.Step, new Memo.Error(refused.Error));
                break;
            case Fact.Debounced debounced:
                JoiningEvents.Debounce(draft, debounced.Event, debounced.Rule);
                break;
            case Fact.Batched batched:
                JoiningEvents.Batch(draft, batched.Event, batched.Rule);
                break;
            case Fact.GivenUp givenUp:
                Ending.Fail(draft, givenUp.Error);
                break;
            case Fact.CancelAsked cancel:
                Ending.Cancel(draft, cancel.Reason);
                break;
            default:
                // Stale: the guards above let pass only what fits the run as it stands.
                break;
        }

        return draft.ToDecision();
    }

    private static void Start(RunDraft draft, DateTimeOffset at)
    {
        if (draft.Run.StartedAt is not null)
            return;

        draft.Run = draft.Run with { StartedAt = at };
        if (Deadlines.HintOf(draft.Run) is { } deadline)
            draft.Send(deadline);
    }

    private static void Return(RunDraft draft, Step step, Fact.StepReturned fact)
    {
        var from = draft.Run.Stack.Count;
        switch (fact.Op)
        {
            case StepErrorOp { Error: var error }:
                Retrying.Step(draft, Attempted(step, fact.Call, fact.Times, error), fact.Call.Attempt, error, fact.Advice);
                break;
            case StepFailedOp { Error: var error }:
                Settling.Settle(draft, Attempted(step, fact.Call, fact.Times, error), new Memo.Error(error));
                break;
            case StepRunOp or StepOp or SleepOp or WaitForEventOp or WaitForSignalOp or InvokeFunctionOp or GatewayOp or AIGatewayOp:
                // Code may change while a run lives: what was planned as a call may by now be a sleep or a wait.
                var taken = Attempted(step, fact.Call, fact.Times, null) with { Origin = draft.By.Message };
                if (!step.IsRequest)
                    taken = taken with { Op = fact.Op.Code, Opts = StepFinding.OptsOf(fact.Op) };

                StepFinding.Place(draft, taken, fact.Op);
                break;
            default:
                var failure = RunFailures.NotReported(fact.Op).ToJson();
                Retrying.Step(draft, Attempted(step, fact.Call, fact.Times, failure), fact.Call.Attempt, failure, fact.Advice);
                break;
        }

        Settling.AskDiscovery(draft, from);
    }

    private static void Wake(RunDraft draft, StepKey key)
    {
        if (!draft.Run.Steps.TryGetValue(key, out var step))
            return;

        switch (step.State)
        {
            case StepState.Sleeping sleeping when sleeping.Until <= draft.Now:
                Settle(draft, step, Memo.Nothing);
                break;
            case StepState.Waiting { For: Wait.Child } waiting when waiting.Until <= draft.Now:
                Settle(draft, step, new Memo.Error(RunFailures.InvokeTimedOut.ToJson()));
                break;
            case StepState.Waiting waiting when waiting.Until <= draft.Now:
                Settle(draft, step, Memo.Nothing);
                break;
            default:
                // Awake already, or not yet due.
                break;
        }
    }

    private static void Resume<TWait>(RunDraft draft, StepKey key, Memo memo)
        where TWait : Wait
    {
        if (draft.Run.Steps.TryGetValue(key, out var step) && step.State is StepState.Waiting { For: TWait })
            Settle(draft, step, memo);
    }

    private static void Settle(RunDraft draft, Step step, Memo memo)
    {
        var from = draft.Run.Stack.Count;
        Settling.Settle(draft, step, memo);
        Settling.AskDiscovery(draft, from);
    }

    private static Step Attempted(Step step, CallKey call, CallTimes times, RawJson? error) =>
        step with { Attempts = step.Attempts.Add(new AttemptRecord(call.Attempt, times.StartedAt, times.EndedAt, error)) };

    private static bool IsExpected(Run run, CallKey call, Handling by) => IsOpen(run, call) || PlannedStep(run, call, by) is not null;

    private static bool IsOpen(Run run, CallKey call) =>
        Checkpointing.IsOpen(run, new DispatchKey(call.Number, call.Dispatch)) && run.Discovery!.Key == call.Item && run.Discovery.Attempt == call.Attempt;

    /// <summary>The step that was called for. What comes from the call of a handling that another has taken it over from is not heard: that one is about to call, or has.</summary>
    private static Step? PlannedStep(Run run, CallKey call, Handling by) =>
        run.Steps.TryGetValue(call.Item, out var step) && step.State is StepState.Planned planned && planned.Attempt == call.Attempt && planned.Holder == by.Holder ? step : null;
}
