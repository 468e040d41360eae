using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>A run's own row. It does not grow with the number of steps: what concerns a step stands in the step's row.</summary>
internal sealed record RunRecord
{
    public FunctionId Function { get; init; }

    public string EventId { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public int MaxAttempts { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public string? Ended { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public RawJson? Result { get; init; }

    public string? Reason { get; init; }

    public int Version { get; init; }

    public bool ImmediateExecutionOff { get; init; }

    public DiscoveryRecord? Discovery { get; init; }

    public int Discoveries { get; init; }

    public Dictionary<string, DateTimeOffset> Claims { get; init; } = [];

    public long NextMessage { get; init; }

    public long StateBytes { get; init; }

    public DateTimeOffset CheckAt { get; init; }

    public DateTimeOffset? StartBy { get; init; }

    public long? FinishWithinTicks { get; init; }

    public List<CancelWait>? CancelOn { get; init; }
}
