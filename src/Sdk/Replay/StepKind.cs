using System.Text.Json;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Sdk.Replay;

/// <summary>What a step is: its body if the app runs it, how it is reported otherwise, and how its memo is read.</summary>
internal sealed record StepKind<T>
{
    /// <summary>The body to run; null when the executor does the step.</summary>
    public Func<CancellationToken, Task<RawJson>>? Body { get; init; }

    /// <summary>The op that reports it without running it; the last argument is its <c>opts</c>.</summary>
    public Func<StepKey, UserlandId, RawJson, Op> Op { get; init; } = (key, userland, opts) =>
        new StepPlannedOp { Id = key, Name = userland.Id, DisplayName = userland.Id, Userland = userland, Opts = opts };

    /// <summary>Writes what the op's <c>opts</c> say beside how steps are coordinated.</summary>
    public Action<Utf8JsonWriter>? Opts { get; init; }

    /// <summary>Reads the memo, given what to call it in an error.</summary>
    public required Func<RawJson, string, T> Read { get; init; }

    /// <summary>The exception of a step that failed for good.</summary>
    public Func<string, FailureDetails, RawJson, StepFailedException> Failed { get; init; } = (step, failure, json) => new StepFailedException(step, failure, json);
}
