using System.Collections.Immutable;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.FlowControl;

/// <summary>What a function asks for in its registration: when its runs may start, go on and be cancelled.</summary>
public sealed record FunctionSettings
{
    public static FunctionSettings None { get; } = new();

    public ImmutableArray<ConcurrencyLimit> Concurrency { get; init; } = [];

    public Throttle? Throttle { get; init; }

    public RateLimit? RateLimit { get; init; }

    public RateLimit? Idempotency { get; init; }

    public Debounce? Debounce { get; init; }

    public Batch? Batch { get; init; }

    public Singleton? Singleton { get; init; }

    public Priority? Priority { get; init; }

    public Timeouts Timeouts { get; init; } = Timeouts.None;

    public ImmutableArray<CancelOn> CancelOn { get; init; } = [];

    /// <summary>Whether anything here decides about the start of a run.</summary>
    public bool GuardsStarts => Throttle is not null || RateLimit is not null || Idempotency is not null || Debounce is not null || Batch is not null || Singleton is not null;

    /// <exception cref="SettingProblemException">One of them has no meaning, or two exclude each other.</exception>
    public static FunctionSettings Read(FunctionConfig function)
    {
        var settings = new FunctionSettings
        {
            Concurrency = ConcurrencyLimit.Read(function.Concurrency),
            Throttle = Throttle.Read(function.Throttle),
            RateLimit = RateLimit.Read(function.RateLimit),
            Idempotency = RateLimit.OfIdempotency(function.Idempotency),
            Debounce = Debounce.Read(function.Debounce),
            Batch = Batch.Read(function.BatchEvents),
            Singleton = Singleton.Read(function.Singleton),
            Priority = Priority.Read(function.Priority),
            Timeouts = Timeouts.Read(function.Timeouts),
            CancelOn = FlowControl.CancelOn.Read(function.Cancel),
        };
        if (settings.Batch is not null && settings.ExcludedByBatch is { } excluded)
            throw new SettingProblemException($"batchEvents cannot be together with {excluded}");

        return settings;
    }

    private string? ExcludedByBatch => this switch
    {
        { CancelOn.IsEmpty: false } => "cancel",
        { Debounce: not null } => "debounce",
        { Singleton: not null } => "singleton",
        { Priority: not null } => "priority",
        _ => null,
    };
}
