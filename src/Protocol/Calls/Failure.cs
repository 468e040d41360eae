using System.Text.Json;
using System.Text.Json.Serialization;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Calls;

/// <summary>An error as data: what the wire calls an error object.</summary>
public sealed record Failure
{
    /// <summary>The type of the error; for .NET the full name of the exception.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init; } = "Error";

    [JsonPropertyName("message")]
    public string Message { get; init; } = "";

    /// <summary>The stack trace; may be empty.</summary>
    [JsonPropertyName("stack")]
    public string Stack { get; init; } = "";

    /// <summary>What caused it: as a rule another error object, but any JSON.</summary>
    [JsonPropertyName("cause"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Cause { get; init; }

    [JsonPropertyName("code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>Marks an error object for SDKs that revive it.</summary>
    [JsonPropertyName("__serialized")]
    public bool Serialized { get; init; } = true;

    /// <summary>The error object as canonical JSON.</summary>
    public RawJson ToJson() => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(this, ProtocolJson.Default.Failure));
}
