using Stepwell.Sdk.Events;
using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk;

/// <summary>An event that cancels runs.</summary>
public sealed record CancelOn
{
    private readonly Func<StepJson, string?> _condition;

    /// <summary>Lets an event cancel runs.</summary>
    /// <param name="eventName">Its name.</param>
    /// <param name="if">An expression over <c>event</c>, the run's, and <c>async</c>, this one; null: it cancels all.</param>
    /// <param name="timeout">For how long from the run's creation it counts, at most 366 days; null: a year.</param>
    /// <exception cref="ArgumentException">The name is empty, or the timeout out of range.</exception>
    public CancelOn(string eventName, string? @if = null, TimeSpan? timeout = null)
        : this(eventName, _ => @if, timeout)
    {
    }

    private CancelOn(string eventName, Func<StepJson, string?> condition, TimeSpan? timeout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(eventName);
        EventName = eventName;
        _condition = condition;
        Timeout = timeout is { } given ? Ranges.Require(given, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(366), nameof(timeout)) : null;
    }

    /// <summary>Its name.</summary>
    public string EventName { get; }

    /// <summary>For how long from the run's creation it counts; null: a year.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>An event by its type.</summary>
    /// <param name="match">Which of them; null: any cancels all.</param>
    /// <param name="timeout">For how long from the run's creation it counts, at most 366 days; null: a year.</param>
    /// <exception cref="ArgumentException">The type has no <see cref="EventAttribute"/>, or the timeout is out of range.</exception>
    public static CancelOn Event<TEvent>(Match<TEvent>? match = null, TimeSpan? timeout = null) => new(EventNames.Of(typeof(TEvent)), json => match?.Condition(json), timeout);

    internal string? Condition(StepJson json) => _condition(json);
}
