using System.Text.Json.Serialization;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Events;

/// <summary>An event on the wire. The members stand in canonical order.</summary>
public sealed record EventEnvelope
{
    /// <summary>A JSON object.</summary>
    [JsonPropertyName("data")]
    public RawJson Data { get; init; }

    /// <summary>The sender's id: a second event with the same id starts no second run of a function for 24 hours.</summary>
    [JsonPropertyName("id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    [JsonPropertyName("meta"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Meta { get; init; }

    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary>When it happened: milliseconds since 1970, 1980 to 2100.</summary>
    [JsonPropertyName("ts"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Timestamp { get; init; }

    [JsonPropertyName("user"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? User { get; init; }

    /// <summary>The version of the event's shape, free text.</summary>
    [JsonPropertyName("v"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }
}
