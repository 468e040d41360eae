using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Registration;

/// <summary>An app's registration, given in answer to an in-band sync.</summary>
public sealed record InBandSyncReply
{
    [JsonPropertyName("app_id")]
    public string AppId { get; init; } = "";

    [JsonPropertyName("appVersion"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AppVersion { get; init; }

    [JsonPropertyName("capabilities"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Capabilities? Capabilities { get; init; }

    [JsonPropertyName("env")]
    public string? Environment { get; init; }

    [JsonPropertyName("framework")]
    public string? Framework { get; init; }

    [JsonPropertyName("functions")]
    public IReadOnlyList<FunctionConfig>? Functions { get; init; }

    [JsonPropertyName("inspection")]
    public Introspection? Inspection { get; init; }

    [JsonPropertyName("platform"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Platform { get; init; }

    [JsonPropertyName("sdk_author")]
    public string SdkAuthor { get; init; } = "";

    [JsonPropertyName("sdk_language")]
    public string SdkLanguage { get; init; } = "";

    [JsonPropertyName("sdk_version")]
    public string SdkVersion { get; init; } = "";

    [JsonPropertyName("sdk")]
    public string Sdk { get; init; } = "";

    [JsonPropertyName("url")]
    public string Url { get; init; } = "";
}
