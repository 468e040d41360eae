using System.Collections.Immutable;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Sdk.Replay;

/// <summary>How a pass ended.</summary>
internal abstract record PassResult
{
    private PassResult() { }

    /// <summary>The function returned.</summary>
    public sealed record Returned(RawJson Output) : PassResult;

    /// <summary>The function threw.</summary>
    public sealed record Threw(Exception Exception) : PassResult;

    /// <summary>The function stands before steps, or one was run.</summary>
    public sealed record Reported(ImmutableArray<Op> Ops) : PassResult;

    /// <summary>A step was run and threw.</summary>
    public sealed record StepThrew(Op Op, Exception Exception) : PassResult;

    /// <summary>Another call has taken the place of this one: nobody waits for its answer.</summary>
    public sealed record Superseded : PassResult;

    /// <summary>The step that was asked for was not come to.</summary>
    public sealed record NotFound(ImmutableArray<FoundStep> Found) : PassResult;
}
