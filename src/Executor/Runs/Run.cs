using System.Collections.Immutable;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Runs;

/// <summary>One execution of one function: all that is known of it, as one value.</summary>
public sealed record Run
{
    public required RunId Id { get; init; }

    public required FunctionId Function { get; init; }

    /// <summary>The internal id (a ULID) of the first event.</summary>
    public required string EventId { get; init; }

    /// <summary>The events it was started with, canonical JSON; at least one.</summary>
    public required ImmutableArray<RawJson> Events { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Attempts of each step and discovery: retries + 1.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>When the first call was answered.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public RunOutcome Outcome { get; init; } = RunOutcome.None;

    /// <summary>The protocol version of the app, pinned by its first 206; -1 before.</summary>
    public int Version { get; init; } = -1;

    /// <summary>Whether the app reports a step found alone instead of running it (<c>disable_immediate_execution</c>).</summary>
    public bool ImmediateExecutionOff { get; init; }

    /// <summary>The open discovery, if there is one.</summary>
    public Discovery? Discovery { get; init; }

    /// <summary>How many discoveries were opened.</summary>
    public int Discoveries { get; init; }

    public ImmutableSortedDictionary<StepKey, Step> Steps { get; init; } = ImmutableSortedDictionary<StepKey, Step>.Empty;

    /// <summary>The settled steps in order of completion.</summary>
    public ImmutableList<StepKey> Stack { get; init; } = [];

    /// <summary>Until when each message that works on this run says it does.</summary>
    public ImmutableSortedDictionary<MessageId, DateTimeOffset> Claims { get; init; } = ImmutableSortedDictionary<MessageId, DateTimeOffset>.Empty;

    /// <summary>The number of the next message; see <see cref="MessageId"/>.</summary>
    public long NextMessage { get; init; } = 1;

    /// <summary>The sum of the sizes of all memos, in bytes.</summary>
    public long StateBytes { get; init; }

    /// <summary>When it is cancelled if its first call has not been answered; null: never.</summary>
    public DateTimeOffset? StartBy { get; init; }

    /// <summary>How long after its first call it is cancelled; null: never.</summary>
    public TimeSpan? FinishWithin { get; init; }

    /// <summary>The events that cancel it.</summary>
    public ImmutableArray<CancelWait> CancelOn { get; init; } = [];

    /// <summary>When the sweep looks at the run: the time of its row in the live index.</summary>
    public required DateTimeOffset CheckAt { get; init; }

    public bool IsLive => Outcome is RunOutcome.Live;

    /// <summary>Whether a step is neither settled nor dropped.</summary>
    public bool HasPendingSteps => IsLive && Steps.Count > Stack.Count;

    public DateTimeOffset? EndedAt => Outcome switch
    {
        RunOutcome.Completed ended => ended.At,
        RunOutcome.Failed ended => ended.At,
        RunOutcome.Cancelled ended => ended.At,
        RunOutcome.Skipped ended => ended.At,
        _ => null,
    };

    public RunStatus Status => Outcome switch
    {
        RunOutcome.Completed => RunStatus.Completed,
        RunOutcome.Failed => RunStatus.Failed,
        RunOutcome.Cancelled => RunStatus.Cancelled,
        RunOutcome.Skipped => RunStatus.Skipped,
        _ => StartedAt is null ? RunStatus.Scheduled : RunStatus.Running,
    };

    /// <summary>Where the run stands in the eyes of a reader: it runs already before its first answer, while somebody works on it.</summary>
    public RunStatus StatusAt(DateTimeOffset now) =>
        Status == RunStatus.Scheduled && Claims.Values.Any(until => until > now) ? RunStatus.Running : Status;

    /// <summary>The claim on an item of this holder is live.</summary>
    public bool IsClaimed(MessageId holder, DateTimeOffset now) => Claims.TryGetValue(holder, out var until) && until > now;
}
