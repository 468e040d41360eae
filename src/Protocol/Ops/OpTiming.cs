using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Ops;

/// <summary>When a step ran: nanoseconds since 1970, and its length in nanoseconds.</summary>
public sealed record OpTiming(
    [property: JsonPropertyName("a")] long StartNanoseconds,
    [property: JsonPropertyName("b")] long DurationNanoseconds);
