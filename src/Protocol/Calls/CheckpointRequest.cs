using System.Text.Json.Serialization;
using Stepwell.Protocol.Ops;

namespace Stepwell.Protocol.Calls;

/// <summary>The body of <c>POST /v1/checkpoint/{runId}/async</c>: steps that a call has run and that are to be remembered while it goes on. What else SDKs send is ignored.</summary>
public sealed record CheckpointRequest
{
    /// <summary>The <c>qi_id</c> of the call.</summary>
    [JsonPropertyName("qi_id")]
    public string? QueueItemId { get; init; }

    [JsonPropertyName("steps")]
    public IReadOnlyList<Op>? Steps { get; init; }
}
