using System.Collections.Immutable;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Runs;

/// <summary>One step of a run.</summary>
public sealed record Step
{
    public required StepKey Key { get; init; }

    /// <summary>What to call it in front of people.</summary>
    public required string Name { get; init; }

    /// <summary>The op code by which it was found.</summary>
    public required string Op { get; init; }

    /// <summary>Its place in the order of discovery, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Whether its settlement asks for discovery though siblings are pending.</summary>
    public bool Race { get; init; }

    /// <summary>The message under whose handling it was created, or moved to its present state.</summary>
    public required MessageId Origin { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required StepState State { get; init; }

    /// <summary>The op's <c>opts</c>, for what the executor does itself; JSON null otherwise.</summary>
    public RawJson Opts { get; init; }

    public ImmutableArray<AttemptRecord> Attempts { get; init; } = [];

    /// <summary>The number of the discovery that reported it. Those pending of one answer are a group, whose last asks for discovery.</summary>
    public int FoundIn { get; init; }

    /// <summary>Whether it is an HTTP request that the executor makes, not the app.</summary>
    public bool IsRequest => Op is OpCode.Gateway or OpCode.AIGateway;

    /// <summary>Whether it neither has a memo nor was dropped.</summary>
    public bool IsPending => State is StepState.Planned or StepState.Sleeping or StepState.Waiting;
}
