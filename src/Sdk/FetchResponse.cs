using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Stepwell.Sdk;

/// <summary>What a request of the executor was answered.</summary>
public sealed record FetchResponse
{
    /// <summary>Where the answer came from, after redirects.</summary>
    [JsonPropertyName("url")]
    public required string Url { get; init; }

    /// <summary>The HTTP status.</summary>
    [JsonPropertyName("status_code")]
    public required int StatusCode { get; init; }

    /// <summary>The headers; several of one name stand with commas between them.</summary>
    [JsonPropertyName("headers")]
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as text.</summary>
    [JsonPropertyName("body")]
    public required string Body { get; init; }

    /// <summary>Whether the status is 200 to 299.</summary>
    [JsonIgnore]
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>Reads the body as JSON.</summary>
    /// <exception cref="JsonException">It is no JSON, or not of this type.</exception>
    public T? ReadJson<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Body, type);
}
