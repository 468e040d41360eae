using Stepwell.Sdk.Events;
using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk;

/// <summary>What starts a function: an event, or the clock.</summary>
/// <param name="Event">The event's name; <c>*</c> may stand at the end after <c>/</c> or <c>.</c> Empty for the clock.</param>
/// <param name="If">An expression over <c>event</c> that must be true, if there is one.</param>
public sealed record Trigger(string Event, string? If = null)
{
    private static readonly TimeSpan s_leastJitter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestJitter = TimeSpan.FromMinutes(5);

    /// <summary>The schedule with its time zone; null for an event.</summary>
    public string? Schedule { get; private init; }

    /// <summary>By how much at most a start by the clock is put off by chance; null: not at all.</summary>
    public TimeSpan? Jitter { get; private init; }

    /// <summary>An event by its type.</summary>
    /// <exception cref="ArgumentException">The type has no <see cref="EventAttribute"/>.</exception>
    public static Trigger On<TEvent>(string? @if = null) => new(EventNames.Of(typeof(TEvent)), @if);

    /// <summary>An event by its name.</summary>
    public static Trigger On(string eventName, string? @if = null) => new(eventName, @if);

    /// <summary>The clock. The function's event is then a <see cref="CronTick"/>.</summary>
    /// <param name="schedule">Minute, hour, day of month, month, day of week, as in unix cron, or <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>; at most 255 characters.</param>
    /// <param name="timeZone">A zone of the IANA database, such as <c>Europe/Paris</c>; null: UTC.</param>
    /// <param name="jitter">By how much at most a start is put off by chance, 1 second to 5 minutes; null: not at all.</param>
    /// <exception cref="ArgumentException">The schedule is empty or too long, the zone is not known, or the jitter out of range.</exception>
    public static Trigger Cron(string schedule, string? timeZone = null, TimeSpan? jitter = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(schedule);
        if (timeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
            throw new ArgumentException($"There is no time zone '{timeZone}'; write one of the IANA database, such as Europe/Paris.", nameof(timeZone));

        var text = timeZone is null ? schedule : $"TZ={timeZone} {schedule}";
        if (text.Length > 255)
            throw new ArgumentException($"The schedule has {text.Length} characters with its time zone; the limit is 255.", nameof(schedule));

        return new Trigger("") { Schedule = text, Jitter = jitter is { } given ? Ranges.Require(given, s_leastJitter, s_longestJitter, nameof(jitter)) : null };
    }
}
