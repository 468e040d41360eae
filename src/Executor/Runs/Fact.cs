using System.Collections.Immutable;
using Stepwell.Executor.FlowControl;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Runs;

/// <summary>Something that happened to a run.</summary>
public abstract record Fact
{
    private Fact() { }

    public required Handling By { get; init; }

    /// <summary>A message begins to work on items.</summary>
    public sealed record Claimed(ImmutableArray<StepKey> Items) : Fact;

    /// <summary>A message still works on the items that it claimed.</summary>
    public sealed record Renewed : Fact;

    /// <summary>A call is put off: it waits for something that tells it, and looks again at that time at the latest.</summary>
    public sealed record Postponed(StepKey Item, DateTimeOffset Until) : Fact;

    /// <summary>The first call of a run that must start in time is about to be made.</summary>
    public sealed record Begun(DateTimeOffset At) : Fact;

    /// <summary>A message gives back what it has not done.</summary>
    public sealed record Released : Fact;

    /// <summary>A discovery call was answered with ops.</summary>
    public sealed record Discovered(CallKey Call, CallTimes Times, int Version, ImmutableArray<Op> Ops, RetryAdvice Advice) : Fact;

    /// <summary>A discovery call that still runs reports steps that it has run, and goes on when they are remembered.</summary>
    public sealed record Checkpointed(DispatchKey Dispatch, CallTimes Times, ImmutableArray<Op> Ops) : Fact;

    /// <summary>The call of a planned step was answered with the step's op.</summary>
    public sealed record StepReturned(CallKey Call, CallTimes Times, Op Op, RetryAdvice Advice) : Fact;

    /// <summary>The function returned.</summary>
    public sealed record FunctionReturned(CallKey Call, CallTimes Times, RawJson Output) : Fact;

    /// <summary>The function failed and asks for no retry.</summary>
    public sealed record FunctionFailed(CallKey Call, CallTimes Times, RawJson Error) : Fact;

    /// <summary>The call failed, in transport or in the function, and may be tried again.</summary>
    public sealed record CallFailed(CallKey Call, CallTimes Times, RawJson Error, RetryAdvice Advice) : Fact;

    /// <summary>The time of a sleeping or waiting step came.</summary>
    public sealed record Woke(StepKey Step) : Fact;

    /// <summary>An event matched a wait.</summary>
    public sealed record EventMatched(StepKey Step, RawJson Event) : Fact;

    /// <summary>A signal came for a wait: <c>{"signal":…,"data":…}</c>.</summary>
    public sealed record SignalReceived(StepKey Step, RawJson Signal) : Fact;

    /// <summary>A child run ended with this memo.</summary>
    public sealed record ChildEnded(StepKey Step, Memo Memo) : Fact;

    /// <summary>A wait cannot be: an error object says why.</summary>
    public sealed record WaitRefused(StepKey Step, RawJson Error) : Fact;

    /// <summary>A further event came for a debounced run that has not begun.</summary>
    public sealed record Debounced(RawJson Event, Debounce Rule) : Fact;

    /// <summary>A further event came for a batch that has not begun.</summary>
    public sealed record Batched(RawJson Event, Batch Rule) : Fact;

    /// <summary>The queue has given a message of the run up: an error object says so.</summary>
    public sealed record GivenUp(RawJson Error) : Fact;

    /// <summary>Somebody asked for the run's end.</summary>
    public sealed record CancelAsked(string Reason) : Fact;
}
