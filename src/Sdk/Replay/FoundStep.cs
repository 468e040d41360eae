using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Sdk.Replay;

/// <summary>A step that the function came to in this pass.</summary>
internal abstract class FoundStep(StepKey key, UserlandId userland)
{
    public StepKey Key { get; } = key;

    public UserlandId Userland { get; } = userland;

    /// <summary>How many memos had been delivered when it was found.</summary>
    public int FoundAfter { get; init; }

    /// <summary>The async locals where it was started; null when it has a memo, or when the function holds them back.</summary>
    public ExecutionContext? Flow { get; set; }

    /// <summary>Completes the task that the function awaits.</summary>
    public abstract void Deliver(Memo memo);

    /// <summary>The body to run; null when the executor does the step.</summary>
    public abstract Func<CancellationToken, Task<RawJson>>? Body { get; }

    /// <summary>The op that reports it without running it.</summary>
    /// <param name="races">Whether others stand beside it, so that each asks for the function to go on when it is settled.</param>
    public abstract Op Report(bool races);

    /// <summary>The <c>opts</c> of its op; JSON null when there are none.</summary>
    public abstract RawJson Opts(bool races);
}
