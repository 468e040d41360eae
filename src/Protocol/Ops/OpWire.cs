using System.Text.Json.Serialization;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>An op as its JSON object. Keys that are not named here are ignored: SDKs send internals along.</summary>
internal sealed record OpWire
{
    [JsonPropertyName("data"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Data { get; init; }

    [JsonPropertyName("displayName"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DisplayName { get; init; }

    [JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Error { get; init; }

    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [JsonPropertyName("op")]
    public string? Op { get; init; }

    [JsonPropertyName("opts"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Opts { get; init; }

    [JsonPropertyName("timing"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OpTiming? Timing { get; init; }

    [JsonPropertyName("userland"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserlandId? Userland { get; init; }
}
