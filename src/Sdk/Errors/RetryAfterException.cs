namespace Stepwell.Sdk;

/// <summary>Thrown in a step or a function: the next attempt is to be made after this time instead of after the usual backoff. The last attempt fails all the same.</summary>
public sealed class RetryAfterException : StepwellException
{
    /// <summary>Asks for the next attempt after a time.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="delay">How long to wait; the executor holds it between 1 s and 24 h, in whole seconds.</param>
    /// <param name="innerException">What caused it.</param>
    public RetryAfterException(string message, TimeSpan delay, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Delay = delay;
    }

    /// <summary>Asks for the next attempt at a time.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="at">When; the executor holds it between 1 s and 24 h from now.</param>
    /// <param name="innerException">What caused it.</param>
    public RetryAfterException(string message, DateTimeOffset at, Exception? innerException = null)
        : base(message, innerException) => At = at;

    /// <summary>How long to wait, unless <see cref="At"/> says when.</summary>
    public TimeSpan? Delay { get; }

    /// <summary>When to try again.</summary>
    public DateTimeOffset? At { get; }
}
