using System.Collections.Immutable;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Ports;

/// <summary>What came of a call. All JSON in it is canonical.</summary>
public abstract record AppAnswer
{
    private AppAnswer() { }

    /// <summary>The function goes on: what it reports, and the protocol version it speaks.</summary>
    public sealed record Reported(int Version, ImmutableArray<Op> Ops, RetryAdvice Advice) : AppAnswer;

    /// <summary>The function returned.</summary>
    public sealed record Returned(RawJson Output) : AppAnswer;

    /// <summary>The function failed for good.</summary>
    public sealed record Failed(RawJson Error) : AppAnswer;

    /// <summary>The call failed, in transport or in the function, and may be tried again.</summary>
    public sealed record Broken(RawJson Error, RetryAdvice Advice) : AppAnswer;
}
