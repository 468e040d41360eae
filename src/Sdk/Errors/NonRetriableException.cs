namespace Stepwell.Sdk;

/// <summary>Thrown in a step or a function: trying again would not help. A step fails at once, a function ends its run as failed.</summary>
public class NonRetriableException : StepwellException
{
    /// <summary>Creates an error.</summary>
    public NonRetriableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with its cause.</summary>
    public NonRetriableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
