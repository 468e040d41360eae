using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;

namespace Stepwell.Simulation.Tests;

/// <summary>A function of the simulated app.</summary>
/// <param name="Id">Its composite id.</param>
/// <param name="Body">What it does.</param>
/// <param name="Manner">How its SDK reports.</param>
internal sealed record SimulatedFunction(FunctionId Id, Node Body, Manner Manner)
{
    /// <summary>The event that cancels its runs, those of the same key.</summary>
    public const string Stop = "sim/stop";

    /// <summary>The event that starts it; null: it is only invoked.</summary>
    public string? Trigger { get; init; }

    /// <summary>How many of its calls may be under way at a time; null: any number.</summary>
    public int? Slots { get; init; }

    /// <summary>Whether each key has the slots for itself.</summary>
    public bool AreSlotsKeyed { get; init; }

    /// <summary>Whether it is to start in batches.</summary>
    public bool IsBatched { get; init; }

    /// <summary>Whether its starts are throttled.</summary>
    public bool IsThrottled { get; init; }

    /// <summary>Whether <see cref="Stop"/> cancels its runs.</summary>
    public bool CanBeStopped { get; init; }

    public FunctionConfig Config => new()
    {
        Id = Id.Value,
        Name = Id.Value,
        Triggers = [new TriggerConfig { Event = Trigger ?? "sim/never" }],
        Steps = new Dictionary<string, StepConfig> { ["step"] = new("step", "step", new RuntimeConfig("http", $"http://app/?fnId={Id}&stepId=step"), new RetriesConfig(20)) },
        Concurrency = Slots is { } limit ? RawJson.FromString(AreSlotsKeyed ? $$"""{"key":"event.data.key","limit":{{limit}}}""" : $$"""{"limit":{{limit}}}""") : null,
        BatchEvents = IsBatched ? RawJson.FromString("""{"maxSize":2,"timeout":"20s"}""") : null,
        Throttle = IsThrottled ? RawJson.FromString("""{"limit":1,"period":"1m"}""") : null,
        Cancel = CanBeStopped ? RawJson.FromString($$"""[{"event":"{{Stop}}","if":"event.data.key == async.data.key"}]""") : null,
    };
}
