using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Calls;

/// <summary>A step that an app found instead of the one asked for.</summary>
public sealed record FoundStep(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("displayName")] string? DisplayName);
