using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Registration;

/// <summary>What starts a function: an event (with an optional expression), or a cron schedule.</summary>
public sealed record TriggerConfig
{
    /// <summary>The event's name; <c>*</c> may stand at the end after <c>/</c> or <c>.</c></summary>
    [JsonPropertyName("event"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Event { get; init; }

    /// <summary>A CEL expression over <c>event</c> that must be true.</summary>
    [JsonPropertyName("expression"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Expression { get; init; }

    [JsonPropertyName("cron"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cron { get; init; }

    [JsonPropertyName("jitter"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Jitter { get; init; }
}
