using System.Text.Json.Serialization;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Calls;

/// <summary>The body of a call, server to app. The members stand in canonical order.</summary>
public sealed record CallRequest
{
    [JsonPropertyName("ctx")]
    public CallContext? Context { get; init; }

    /// <summary>The first event.</summary>
    [JsonPropertyName("event")]
    public RawJson Event { get; init; }

    /// <summary>All events; empty when the app fetches them.</summary>
    [JsonPropertyName("events")]
    public IReadOnlyList<RawJson>? Events { get; init; }

    /// <summary>The memo of each settled step.</summary>
    [JsonPropertyName("steps")]
    public IReadOnlyDictionary<string, RawJson>? Steps { get; init; }

    [JsonPropertyName("use_api")]
    public bool UseApi { get; init; }

    /// <summary>The protocol version that the run is pinned to; -1 before the first 206.</summary>
    [JsonPropertyName("version")]
    public int? Version { get; init; }
}
