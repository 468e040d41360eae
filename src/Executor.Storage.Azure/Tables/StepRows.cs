using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Translates between steps and their rows.</summary>
internal static class StepRows
{
    public static StepRecord Of(Step step)
    {
        var record = new StepRecord
        {
            Name = step.Name,
            Op = step.Op,
            Index = step.Index,
            Race = step.Race,
            Origin = step.Origin.Value,
            CreatedAt = step.CreatedAt,
            Opts = step.Opts.IsNull ? null : step.Opts,
            FoundIn = step.FoundIn,
            Attempts = [.. step.Attempts.Select(AttemptRow.Of)],
        };
        return step.State switch
        {
            StepState.Planned planned => record with { State = StepStateKind.Planned, Attempt = planned.Attempt, At = planned.Due, Holder = planned.Holder.Value },
            StepState.Sleeping sleeping => record with { State = StepStateKind.Sleeping, At = sleeping.Until, Holder = sleeping.Holder.Value },
            StepState.Waiting waiting => With(record, waiting.For) with { State = StepStateKind.Waiting, At = waiting.Until, Holder = waiting.Holder.Value },
            StepState.Done done => record with { State = StepStateKind.Done, At = done.At, Order = done.Order, Memo = KindOf(done.Memo), Value = done.Memo.Content },
            _ => record with { State = StepStateKind.Abandoned },
        };
    }

    public static Step ToStep(StepKey key, StepRecord record) => new()
    {
        Key = key,
        Name = record.Name,
        Op = record.Op,
        Index = record.Index,
        Race = record.Race,
        Origin = new MessageId(record.Origin),
        CreatedAt = record.CreatedAt,
        Opts = record.Opts ?? RawJson.Null,
        FoundIn = record.FoundIn,
        Attempts = [.. record.Attempts.Select(attempt => attempt.ToAttempt())],
        State = record.State switch
        {
            StepStateKind.Planned => new StepState.Planned(record.Attempt, record.At!.Value, new MessageId(record.Holder ?? "")),
            StepStateKind.Sleeping => new StepState.Sleeping(record.At!.Value, new MessageId(record.Holder ?? "")),
            StepStateKind.Waiting => new StepState.Waiting(WaitOf(record), record.At!.Value, new MessageId(record.Holder ?? "")),
            StepStateKind.Done => new StepState.Done(MemoOf(record), record.Order, record.At!.Value),
            _ => new StepState.Abandoned(),
        },
    };

    private static StepRecord With(StepRecord record, Wait wait) => wait switch
    {
        Wait.Event one => record with { Wait = WaitKind.Event, WaitName = one.Name, WaitIf = one.If },
        Wait.Signal one => record with { Wait = WaitKind.Signal, WaitName = one.Name, Replace = one.Replace },
        Wait.Child one => record with { Wait = WaitKind.Child, WaitName = one.Function.Value },
        _ => throw new InvalidOperationException($"A wait of the unknown kind {wait.GetType().Name}."),
    };

    private static Wait WaitOf(StepRecord record) => record.Wait switch
    {
        WaitKind.Event => new Wait.Event(record.WaitName ?? "", record.WaitIf),
        WaitKind.Signal => new Wait.Signal(record.WaitName ?? "", record.Replace),
        _ => new Wait.Child(FunctionId.Parse(record.WaitName ?? "")),
    };

    private static MemoKind KindOf(Memo memo) => memo switch
    {
        Memo.Data => MemoKind.Data,
        Memo.Error => MemoKind.Error,
        Memo.Bare => MemoKind.Bare,
        _ => throw new InvalidOperationException($"A memo of the kind {memo.GetType().Name} is never stored."),
    };

    private static Memo MemoOf(StepRecord record) => record.Memo switch
    {
        MemoKind.Data => new Memo.Data(record.Value ?? RawJson.Null),
        MemoKind.Error => new Memo.Error(record.Value ?? RawJson.Null),
        _ => new Memo.Bare(record.Value ?? RawJson.Null),
    };
}
