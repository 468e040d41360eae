namespace Stepwell.Sdk;

/// <summary>The settings of a function.</summary>
public sealed record FunctionOptions
{
    private const int MaxRetries = 20;
    private const int MaxTriggers = 10;
    private const int MaxTriggerLength = 255;
    private const int MaxCancelEvents = 5;

    /// <summary>Names a function.</summary>
    /// <param name="id">The function's id within its app. Runs go on by it, so it stays when the code changes.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public FunctionOptions(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        Id = id;
    }

    /// <summary>The function's id within its app.</summary>
    public string Id { get; }

    /// <summary>The name to show to people; the id when it is null.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string? Name
    {
        get;
        init => field = value is null || !string.IsNullOrWhiteSpace(value) ? value : throw new ArgumentException($"The name is '{value}'; it must not be empty.", nameof(Name));
    }

    /// <summary>Retries of each step and of the function itself, 0 to 20.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int Retries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Retries));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxRetries, nameof(Retries));
            field = value;
        }
    } = 4;

    /// <summary>What starts the function, at most 10; when empty, the event of the function's event type.</summary>
    /// <exception cref="ArgumentException">There are more than 10, or the event name of one has not 1 to 255 characters.</exception>
    public IReadOnlyList<Trigger> Triggers
    {
        get;
        init
        {
            if (value.Count > MaxTriggers)
                throw new ArgumentException($"A function has at most {MaxTriggers} triggers, not {value.Count}.", nameof(Triggers));

            if (value.FirstOrDefault(trigger => trigger.Schedule is null && (string.IsNullOrWhiteSpace(trigger.Event) || trigger.Event.Length > MaxTriggerLength)) is { } odd)
                throw new ArgumentException($"The trigger '{odd.Event}' has {odd.Event.Length} characters; the name of an event that triggers a function has 1 to {MaxTriggerLength}.", nameof(Triggers));

            field = value;
        }
    } = [];

    /// <summary>How many steps run at a time; at most two limits.</summary>
    /// <exception cref="ArgumentException">There are more than two.</exception>
    public IReadOnlyList<Concurrency> Concurrency
    {
        get;
        init => field = value.Count <= 2 ? value : throw new ArgumentException($"A function has at most two concurrency limits, not {value.Count}.", nameof(Concurrency));
    } = [];

    /// <summary>How many runs start in a time; the others start later. Null: all at once.</summary>
    public Throttle? Throttle { get; init; }

    /// <summary>How many runs start in a time; the events of the others start nothing. Null: all start one.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>Lets a run start when no further event has come for a time. Null: each event starts one.</summary>
    public Debounce? Debounce { get; init; }

    /// <summary>Lets a run start with many events. Null: each event starts one. Not together with <see cref="Debounce"/>, <see cref="Singleton"/>, <see cref="CancelOn"/> or <see cref="Priority"/>.</summary>
    public Batch? Batch { get; init; }

    /// <summary>Lets at most one run live at a time. Null: any number.</summary>
    public Singleton? Singleton { get; init; }

    /// <summary>An expression over <c>event</c> whose whole number of seconds, -600 to 600, a run comes before others that wait for the same.</summary>
    public string? Priority { get; init; }

    /// <summary>An expression over <c>event</c>: of the events of one value one starts a run in 24 hours.</summary>
    public string? Idempotency { get; init; }

    /// <summary>When a run is cancelled because it takes too long.</summary>
    public Timeouts? Timeouts { get; init; }

    /// <summary>The events that cancel runs, at most 5.</summary>
    /// <exception cref="ArgumentException">There are more than 5.</exception>
    public IReadOnlyList<CancelOn> CancelOn
    {
        get;
        init => field = value.Count <= MaxCancelEvents ? value : throw new ArgumentException($"A function has at most {MaxCancelEvents} events that cancel it, not {value.Count}.", nameof(CancelOn));
    } = [];

    /// <exception cref="ArgumentException">Two settings exclude each other.</exception>
    internal void RequireConsistent()
    {
        if (Batch is null)
            return;

        var excluded = Debounce is not null ? nameof(Debounce) : Singleton is not null ? nameof(Singleton) : Priority is not null ? nameof(Priority) : CancelOn.Count > 0 ? nameof(CancelOn) : null;
        if (excluded is not null)
            throw new ArgumentException($"Function '{Id}' has {nameof(Batch)} together with {excluded}, which exclude each other.");
    }
}
