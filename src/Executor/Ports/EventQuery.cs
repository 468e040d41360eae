namespace Stepwell.Executor.Ports;

/// <summary>Which events to list.</summary>
/// <param name="Limit">At most so many, 1 to 100.</param>
/// <param name="Name">Only those of this name.</param>
/// <param name="ReceivedAfter">Only those received after this.</param>
/// <param name="ReceivedBefore">Only those received before this.</param>
/// <param name="Cursor">The internal id of the last event of the page before.</param>
public sealed record EventQuery(
    int Limit,
    string? Name = null,
    DateTimeOffset? ReceivedAfter = null,
    DateTimeOffset? ReceivedBefore = null,
    string? Cursor = null);
