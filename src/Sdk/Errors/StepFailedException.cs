namespace Stepwell.Sdk;

/// <summary>A step failed for good. It can be caught where the step is awaited; not caught, it fails the run.</summary>
public class StepFailedException : StepwellException
{
    internal StepFailedException(string step, FailureDetails failure, Protocol.Json.RawJson json)
        : base($"Step '{step}' failed: {failure.Message}")
    {
        Step = step;
        Failure = failure;
        Json = json;
    }

    /// <summary>The step's id.</summary>
    public string Step { get; }

    /// <summary>What its last attempt threw.</summary>
    public FailureDetails Failure { get; }

    /// <summary>The error as the executor keeps it.</summary>
    internal Protocol.Json.RawJson Json { get; }
}
