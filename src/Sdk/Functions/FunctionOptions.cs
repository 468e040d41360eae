namespace Stepwell.Sdk;

/// <summary>The settings of a function.</summary>
public sealed record FunctionOptions
{
    private const int MaxRetries = 20;
    private const int MaxTriggers = 10;
    private const int MaxTriggerLength = 255;

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

            if (value.FirstOrDefault(trigger => string.IsNullOrWhiteSpace(trigger.Event) || trigger.Event.Length > MaxTriggerLength) is { } odd)
                throw new ArgumentException($"The trigger '{odd.Event}' has {odd.Event.Length} characters; the name of an event that triggers a function has 1 to {MaxTriggerLength}.", nameof(Triggers));

            field = value;
        }
    } = [];

    /// <summary>How many steps run at a time; at most two limits.</summary>
    /// <exception cref="ArgumentException">There are more than two, or one is less than 1.</exception>
    public IReadOnlyList<Concurrency> Concurrency
    {
        get;
        init => field = value.Count <= 2 && value.All(limit => limit.Limit >= 1)
            ? value
            : throw new ArgumentException($"A function has at most two concurrency limits, each at least 1, not {string.Join(" and ", value.Select(limit => limit.Limit))}.", nameof(Concurrency));
    } = [];
}
