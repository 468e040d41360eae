namespace Stepwell.Executor.Ports;

/// <summary>Where a wait lies, so that what it waits for finds it without looking at others.</summary>
/// <param name="Topic">What is waited for: <c>event/</c> with the event's name, or <c>signal/</c> with the signal's. Any Unicode.</param>
/// <param name="Fields">Which fields of the event the wait is found by, as text; empty when by none.</param>
/// <param name="Value">What those fields have, as text; empty when by none.</param>
public sealed record WaitPlace(string Topic, string Fields, string Value)
{
    /// <summary>The place of whatever waits for a topic by its name alone.</summary>
    public static WaitPlace Of(string topic) => new(topic, "", "");
}
