using Stepwell.Protocol.Json;

namespace Stepwell.Sdk;

/// <summary>A function that a step invoked came to no result. It can be caught where the step is awaited; not caught, it fails the run.</summary>
public sealed class InvokeFailedException : StepFailedException
{
    private const string TimedOut = "InngestInvokeTimeoutError";
    private const string Cancelled = "StepwellCancelled";

    internal InvokeFailedException(string step, string functionId, FailureDetails failure, RawJson json)
        : base(step, failure, json) => FunctionId = functionId;

    /// <summary>The composite id of the function.</summary>
    public string FunctionId { get; }

    /// <summary>Whether it took longer than the step waits. It goes on.</summary>
    public bool IsTimeout => Failure.Name == TimedOut;

    /// <summary>Whether its run was cancelled.</summary>
    public bool IsCancelled => Failure.Name == Cancelled;
}
