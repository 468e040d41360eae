using System.Collections.Immutable;
using Stepwell.Executor.Matching;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Runs;

/// <summary>Turns an op into a step: where it stands at first, and who looks at it.</summary>
internal static class StepFinding
{
    private static readonly TimeSpan s_invokeTimeout = TimeSpan.FromDays(365);

    public static void Add(RunDraft draft, Op op, int foundIn, ImmutableArray<AttemptRecord> attempts)
    {
        var step = new Step
        {
            Key = op.Id,
            Name = op.Title,
            Op = op.Code,
            Index = draft.Run.Steps.Count,
            Race = op.Race,
            Origin = draft.By.Message,
            CreatedAt = draft.Now,
            State = new StepState.Abandoned(),
            Opts = OptsOf(op),
            Attempts = attempts,
            FoundIn = foundIn,
        };
        Place(draft, step, op);
    }

    /// <summary>What the executor needs to do itself what the op asks for.</summary>
    public static RawJson OptsOf(Op op) => op is GatewayOp or AIGatewayOp or InvokeFunctionOp ? op.Opts : RawJson.Null;

    /// <summary>Gives a step the state that its op means.</summary>
    public static void Place(RunDraft draft, Step step, Op op)
    {
        switch (op)
        {
            case StepRunOp run:
                Settling.Settle(draft, step, new Memo.Data(run.Data));
                break;
            case StepOp legacy:
                Settling.Settle(draft, step, new Memo.Bare(legacy.Data));
                break;
            case StepFailedOp failed:
                Settling.Settle(draft, step, new Memo.Error(failed.Error));
                break;
            case StepErrorOp error:
                Settling.Settle(draft, step, new Memo.Error(error.Error));
                break;
            case SleepOp sleep when Until(draft, step, sleep.Until) is { } until:
                draft.Put(step with { State = new StepState.Sleeping(until, draft.PlaceTimer(step.Key, until)) });
                break;
            case WaitForEventOp { If.Length: > 0 } wait when !MatchExpression.TryParse(wait.If, MatchVariables.EventAndAsync, out _, out var problem):
                Settling.Settle(draft, step, new Memo.Error(RunFailures.BadCondition(step.Name, wait.If, problem).ToJson()));
                break;
            case WaitForEventOp wait when Until(draft, step, wait.Timeout) is { } until:
                Park(draft, step, new Wait.Event(wait.Event, wait.If), until);
                break;
            case WaitForSignalOp wait when Until(draft, step, wait.Timeout) is { } until:
                Park(draft, step, new Wait.Signal(wait.Signal, wait.Replace), until);
                break;
            case InvokeFunctionOp invoke when Until(draft, step, invoke.Timeout) is { } until:
                Park(draft, step, new Wait.Child(invoke.Function), until);
                break;
            case StepPlannedOp or GatewayOp or AIGatewayOp:
                draft.Put(step with { State = new StepState.Planned(0, draft.Now, draft.PlaceCall(step.Key, draft.Now)) });
                break;
            default:
                // The time of a sleep or wait could not be read: Until has settled the step with an error.
                break;
        }
    }

    private static void Park(RunDraft draft, Step step, Wait wait, DateTimeOffset until) =>
        draft.Put(step with { State = new StepState.Waiting(wait, until, draft.PlaceTimer(step.Key, until)) });

    private static DateTimeOffset? Until(RunDraft draft, Step step, string? text)
    {
        if (text is null)
            return draft.Now + s_invokeTimeout;

        if (!TimeString.TryParseInstant(text, draft.Now, out var until))
        {
            Settling.Settle(draft, step, new Memo.Error(RunFailures.BadTime(step.Name, text).ToJson()));
            return null;
        }

        if (until - draft.Now > ProtocolLimits.MaxWait)
        {
            Settling.Settle(draft, step, new Memo.Error(RunFailures.TooFarAway(step.Name, text).ToJson()));
            return null;
        }

        return until;
    }
}
