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

    /// <summary>
    /// Reads an error object as lenient as SDKs write them: members of another type than expected are shown as their text, and what is no object is the message.
    /// </summary>
    public static Failure FromJson(RawJson json)
    {
        using var document = json.Parse();
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            return new Failure { Message = LenientText.Of(root) };

        return new Failure
        {
            Name = Text("name") ?? "Error",
            Message = Text("message") ?? "",
            Stack = Text("stack") ?? "",
            Code = Text("code"),
            Cause = LenientText.Member(root, "cause") is { ValueKind: not JsonValueKind.Null } cause ? RawJson.FromElement(cause) : null,
            Serialized = true,
        };

        string? Text(string name) =>
            LenientText.Member(root, name) is { ValueKind: not JsonValueKind.Null } value ? LenientText.Of(value) : null;
    }

    /// <summary>The error object as canonical JSON.</summary>
    public RawJson ToJson() => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(this, ProtocolJson.Default.Failure));
}
