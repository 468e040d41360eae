using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Registration;

/// <summary>What an app answers to GET. The members below <see cref="SchemaVersion"/> are given only to a signed request.</summary>
public sealed record Introspection
{
    [JsonPropertyName("extra")]
    public IReadOnlyDictionary<string, bool>? Extra { get; init; }

    [JsonPropertyName("has_event_key")]
    public bool HasEventKey { get; init; }

    [JsonPropertyName("has_signing_key")]
    public bool HasSigningKey { get; init; }

    [JsonPropertyName("function_count")]
    public int FunctionCount { get; init; }

    /// <summary><c>dev</c> or <c>cloud</c>.</summary>
    [JsonPropertyName("mode")]
    public string Mode { get; init; } = "";

    [JsonPropertyName("schema_version")]
    public string SchemaVersion { get; init; } = "2024-05-24";

    [JsonPropertyName("authentication_succeeded"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? AuthenticationSucceeded { get; init; }

    [JsonPropertyName("api_origin"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ApiOrigin { get; init; }

    [JsonPropertyName("event_api_origin"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventApiOrigin { get; init; }

    [JsonPropertyName("app_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AppId { get; init; }

    [JsonPropertyName("capabilities"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Capabilities? Capabilities { get; init; }

    [JsonPropertyName("env"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Environment { get; init; }

    [JsonPropertyName("event_key_hash"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventKeyHash { get; init; }

    [JsonPropertyName("framework"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Framework { get; init; }

    [JsonPropertyName("sdk_language"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SdkLanguage { get; init; }

    [JsonPropertyName("sdk_version"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SdkVersion { get; init; }

    [JsonPropertyName("serve_origin"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ServeOrigin { get; init; }

    [JsonPropertyName("serve_path"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ServePath { get; init; }

    [JsonPropertyName("signing_key_hash"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SigningKeyHash { get; init; }

    [JsonPropertyName("signing_key_fallback_hash"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SigningKeyFallbackHash { get; init; }
}
