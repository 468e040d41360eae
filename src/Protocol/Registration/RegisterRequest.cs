using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Registration;

/// <summary>What an app tells of itself when it registers (out-of-band sync).</summary>
public sealed record RegisterRequest
{
    /// <summary>The app's serve endpoint, absolute http or https.</summary>
    [JsonPropertyName("url")]
    public string Url { get; init; } = "";

    [JsonPropertyName("deployType")]
    public string DeployType { get; init; } = "ping";

    [JsonPropertyName("framework")]
    public string? Framework { get; init; }

    /// <summary>The app id.</summary>
    [JsonPropertyName("appName")]
    public string AppName { get; init; } = "";

    /// <summary>Language and version, <c>js:v4.24.0</c>.</summary>
    [JsonPropertyName("sdk")]
    public string Sdk { get; init; } = "";

    [JsonPropertyName("v")]
    public string SchemaVersion { get; init; } = "0.1";

    [JsonPropertyName("deployId"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DeployId { get; init; }

    [JsonPropertyName("appVersion"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AppVersion { get; init; }

    [JsonPropertyName("capabilities"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Capabilities? Capabilities { get; init; }

    [JsonPropertyName("functions")]
    public IReadOnlyList<FunctionConfig>? Functions { get; init; }
}
