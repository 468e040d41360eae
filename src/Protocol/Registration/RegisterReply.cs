using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Registration;

/// <summary>The server's answer to a registration. SDKs read <c>status</c>, not the HTTP status, so an error carries it.</summary>
public sealed record RegisterReply(
    [property: JsonPropertyName("ok"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Ok = null,
    [property: JsonPropertyName("modified"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Modified = null,
    [property: JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null,
    [property: JsonPropertyName("status"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Status = null);
