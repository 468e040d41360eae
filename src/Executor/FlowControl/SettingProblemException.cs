namespace Stepwell.Executor.FlowControl;

/// <summary>A setting of a function has no meaning; the message names it, with the value and what it must be.</summary>
public sealed class SettingProblemException(string message) : Exception(message);
