namespace Stepwell.Sdk;

/// <summary>What this library itself reports.</summary>
public class StepwellException : Exception
{
    /// <summary>Creates an error.</summary>
    public StepwellException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with its cause.</summary>
    public StepwellException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
