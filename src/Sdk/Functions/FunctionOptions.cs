namespace Stepwell.Sdk;

/// <summary>The settings of a function.</summary>
public sealed record FunctionOptions
{
    private const int MaxRetries = 20;
    private const int MaxTriggers = 10;

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
    public string? Name { get; init; }

    /// <summary>Retries of each step and of the function itself, 0 to 20.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int Retries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxRetries);
            field = value;
        }
    } = 4;

    /// <summary>What starts the function, at most 10; when empty, the event of the function's event type.</summary>
    /// <exception cref="ArgumentException">There are more than 10.</exception>
    public IReadOnlyList<Trigger> Triggers
    {
        get;
        init => field = value.Count <= MaxTriggers ? value : throw new ArgumentException($"A function has at most {MaxTriggers} triggers, not {value.Count}.", nameof(value));
    } = [];

    /// <summary>How many steps run at a time; at most two limits.</summary>
    /// <exception cref="ArgumentException">There are more than two, or one is less than 1.</exception>
    public IReadOnlyList<Concurrency> Concurrency
    {
        get;
        init => field = value.Count <= 2 && value.All(limit => limit.Limit >= 1)
            ? value
            : throw new ArgumentException("A function has at most two concurrency limits, each at least 1.", nameof(value));
    } = [];
}
