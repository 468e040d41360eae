using System.Text.Json.Serialization;

namespace Stepwell.Sdk;

/// <summary>What the executor answers to a signal.</summary>
internal sealed record SignalReply([property: JsonPropertyName("data")] SignalReply.Receiver? Data, [property: JsonPropertyName("error")] string? Error)
{
    internal sealed record Receiver([property: JsonPropertyName("run_id")] string? RunId);
}
