using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stepwell.Sdk;

/// <summary>The event that tells of a run that failed for good.</summary>
public sealed record FunctionFailed
{
    /// <summary>The composite id of its function.</summary>
    [JsonPropertyName("function_id")]
    public required string FunctionId { get; init; }

    /// <summary>The run.</summary>
    [JsonPropertyName("run_id")]
    public required string RunId { get; init; }

    /// <summary>The error object.</summary>
    [JsonPropertyName("error")]
    public required JsonElement Error { get; init; }

    /// <summary>The event that started it: an object with <c>name</c> and <c>data</c>.</summary>
    [JsonPropertyName("event")]
    public required JsonElement Event { get; init; }

    /// <summary>What it failed with.</summary>
    [JsonIgnore]
    public FailureDetails Failure => FailureDetails.Read(Protocol.Json.RawJson.FromElement(Error));
}
