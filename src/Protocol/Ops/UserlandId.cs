using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Ops;

/// <summary>A step id as the user wrote it; <paramref name="Index"/> counts its repetitions from 1 and is absent on the first.</summary>
public sealed record UserlandId(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("index"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Index = null);
