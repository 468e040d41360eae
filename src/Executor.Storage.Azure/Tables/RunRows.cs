using System.Collections.Immutable;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Translates between runs and their rows.</summary>
internal static class RunRows
{
    private const string Completed = "completed";
    private const string Failed = "failed";
    private const string Cancelled = "cancelled";
    private const string Skipped = "skipped";

    public static RunRecord Of(Run run) => new()
    {
        Function = run.Function,
        EventId = run.EventId,
        CreatedAt = run.CreatedAt,
        MaxAttempts = run.MaxAttempts,
        StartedAt = run.StartedAt,
        Ended = run.Outcome switch
        {
            RunOutcome.Completed => Completed,
            RunOutcome.Failed => Failed,
            RunOutcome.Cancelled => Cancelled,
            RunOutcome.Skipped => Skipped,
            _ => null,
        },
        EndedAt = run.EndedAt,
        Result = run.Outcome switch
        {
            RunOutcome.Completed ended => ended.Output,
            RunOutcome.Failed ended => ended.Error,
            _ => null,
        },
        Reason = run.Outcome switch
        {
            RunOutcome.Cancelled ended => ended.Reason,
            RunOutcome.Skipped ended => ended.Reason,
            _ => null,
        },
        Version = run.Version,
        ImmediateExecutionOff = run.ImmediateExecutionOff,
        Discovery = run.Discovery is { } discovery ? Of(discovery) : null,
        Discoveries = run.Discoveries,
        Claims = run.Claims.ToDictionary(claim => claim.Key.Value, claim => claim.Value),
        NextMessage = run.NextMessage,
        StateBytes = run.StateBytes,
        CheckAt = run.CheckAt,
        StartBy = run.StartBy,
        FinishWithinTicks = run.FinishWithin?.Ticks,
        CancelOn = run.CancelOn.IsEmpty ? null : [.. run.CancelOn],
    };

    public static Run ToRun(RunId id, RunRecord record, ImmutableArray<RawJson> events, IEnumerable<Step> steps)
    {
        var all = steps.ToImmutableSortedDictionary(step => step.Key, step => step);
        return new Run
        {
            Id = id,
            Function = record.Function,
            EventId = record.EventId,
            Events = events,
            CreatedAt = record.CreatedAt,
            MaxAttempts = record.MaxAttempts,
            StartedAt = record.StartedAt,
            Outcome = Outcome(record),
            Version = record.Version,
            ImmediateExecutionOff = record.ImmediateExecutionOff,
            Discovery = record.Discovery is { } discovery ? ToDiscovery(discovery) : null,
            Discoveries = record.Discoveries,
            Steps = all,
            // The order of completion stands in the steps' own rows.
            Stack = [.. all.Values.Where(step => step.State is StepState.Done).OrderBy(step => ((StepState.Done)step.State).Order).Select(step => step.Key)],
            Claims = record.Claims.ToImmutableSortedDictionary(claim => new MessageId(claim.Key), claim => claim.Value),
            NextMessage = record.NextMessage,
            StateBytes = record.StateBytes,
            CheckAt = record.CheckAt,
            StartBy = record.StartBy,
            FinishWithin = record.FinishWithinTicks is { } ticks ? TimeSpan.FromTicks(ticks) : null,
            CancelOn = [.. record.CancelOn ?? []],
        };
    }

    private static RunOutcome Outcome(RunRecord record) => record.Ended switch
    {
        Completed => new RunOutcome.Completed(record.Result ?? RawJson.Null, record.EndedAt!.Value),
        Failed => new RunOutcome.Failed(record.Result ?? RawJson.Null, record.EndedAt!.Value),
        Cancelled => new RunOutcome.Cancelled(record.Reason ?? "", record.EndedAt!.Value),
        Skipped => new RunOutcome.Skipped(record.Reason ?? "", record.EndedAt!.Value),
        _ => RunOutcome.None,
    };

    private static DiscoveryRecord Of(Discovery discovery) => new()
    {
        Number = discovery.Number,
        AsksForEnd = discovery.AsksForEnd,
        Attempt = discovery.Attempt,
        Dispatch = discovery.Dispatch,
        Forgiven = discovery.Forgiven,
        Due = discovery.Due,
        Origin = discovery.Origin.Value,
        Holder = discovery.Holder.Value,
        RetriedKey = discovery.Retrying?.Key,
        RetriedName = discovery.Retrying?.Name,
        RetriedAttempts = discovery.Retrying is { } retried ? [.. retried.Attempts.Select(AttemptRow.Of)] : null,
    };

    private static Discovery ToDiscovery(DiscoveryRecord record) => new()
    {
        Number = record.Number,
        AsksForEnd = record.AsksForEnd,
        Attempt = record.Attempt,
        Dispatch = record.Dispatch,
        Forgiven = record.Forgiven,
        Due = record.Due,
        Origin = new MessageId(record.Origin),
        Holder = new MessageId(record.Holder),
        Retrying = record.RetriedKey is { } key
            ? new RetriedStep(key, record.RetriedName ?? "", [.. (record.RetriedAttempts ?? []).Select(attempt => attempt.ToAttempt())])
            : null,
    };
}
