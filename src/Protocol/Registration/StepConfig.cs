using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Registration;

/// <summary>The endpoint of a function.</summary>
public sealed record StepConfig(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("runtime")] RuntimeConfig? Runtime,
    [property: JsonPropertyName("retries"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RetriesConfig? Retries = null);
