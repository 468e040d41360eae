using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Events;

/// <summary>The answer of the event API: the server's id (a ULID) of each event, in the order sent.</summary>
public sealed record SendEventsReply(
    [property: JsonPropertyName("ids")] IReadOnlyList<string> Ids,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null);
