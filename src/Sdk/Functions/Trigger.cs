using Stepwell.Sdk.Events;

namespace Stepwell.Sdk;

/// <summary>What starts a function.</summary>
/// <param name="Event">The event's name; <c>*</c> may stand at the end after <c>/</c> or <c>.</c></param>
/// <param name="If">An expression over <c>event</c> that must be true, if there is one.</param>
public sealed record Trigger(string Event, string? If = null)
{
    /// <summary>An event by its type.</summary>
    /// <exception cref="ArgumentException">The type has no <see cref="EventAttribute"/>.</exception>
    public static Trigger On<TEvent>(string? @if = null) => new(EventNames.Of(typeof(TEvent)), @if);

    /// <summary>An event by its name.</summary>
    public static Trigger On(string eventName, string? @if = null) => new(eventName, @if);
}
