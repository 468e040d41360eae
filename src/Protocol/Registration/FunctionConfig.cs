using System.Text.Json.Serialization;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Registration;

/// <summary>One function in a registration.</summary>
public sealed record FunctionConfig
{
    /// <summary>The composite id.</summary>
    [JsonPropertyName("id")]
    public string Id { get; init; } = "";

    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("triggers")]
    public IReadOnlyList<TriggerConfig>? Triggers { get; init; }

    /// <summary>The endpoints of the function; SDKs send exactly one, named <c>step</c>.</summary>
    [JsonPropertyName("steps")]
    public IReadOnlyDictionary<string, StepConfig>? Steps { get; init; }

    [JsonPropertyName("idempotency"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Idempotency { get; init; }

    [JsonPropertyName("rateLimit"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? RateLimit { get; init; }

    [JsonPropertyName("throttle"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Throttle { get; init; }

    [JsonPropertyName("debounce"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Debounce { get; init; }

    [JsonPropertyName("batchEvents"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? BatchEvents { get; init; }

    [JsonPropertyName("concurrency"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Concurrency { get; init; }

    [JsonPropertyName("priority"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Priority { get; init; }

    [JsonPropertyName("timeouts"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Timeouts { get; init; }

    [JsonPropertyName("singleton"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Singleton { get; init; }

    [JsonPropertyName("cancel"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Cancel { get; init; }
}
