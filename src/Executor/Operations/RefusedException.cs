namespace Stepwell.Executor.Operations;

/// <summary>What was sent cannot be accepted. The message is a sentence for the sender: the field, the value, and what it should be.</summary>
public sealed class RefusedException(string message) : Exception(message);
