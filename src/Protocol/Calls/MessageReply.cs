using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Calls;

/// <summary>A sentence: the body of a 401 or 405 of an app, and of its answer to a sync.</summary>
public sealed record MessageReply(
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("modified"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Modified = null);
