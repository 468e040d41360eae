using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>A step's row.</summary>
internal sealed record StepRecord
{
    public string Name { get; init; } = "";

    public string Op { get; init; } = "";

    public int Index { get; init; }

    public bool Race { get; init; }

    public string Origin { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Which of the states the step is in.</summary>
    public StepStateKind State { get; init; }

    public int Attempt { get; init; }

    /// <summary>When it is due, wakes, or was settled.</summary>
    public DateTimeOffset? At { get; init; }

    public string? Holder { get; init; }

    public WaitKind? Wait { get; init; }

    /// <summary>The event's name, the signal's, or the function waited for.</summary>
    public string? WaitName { get; init; }

    public string? WaitIf { get; init; }

    public bool Replace { get; init; }

    public MemoKind? Memo { get; init; }

    public RawJson? Value { get; init; }

    public int Order { get; init; }

    public RawJson? Opts { get; init; }

    public int FoundIn { get; init; }

    public List<AttemptRow> Attempts { get; init; } = [];
}
