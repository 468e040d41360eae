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
            return new Failure { Message = Text(root) };

        return new Failure
        {
            Name = Member("name") ?? "Error",
            Message = Member("message") ?? "",
            Stack = Member("stack") ?? "",
            Code = Member("code"),
            Cause = root.TryGetProperty("cause", out var cause) && cause.ValueKind != JsonValueKind.Null ? RawJson.FromElement(cause) : null,
            Serialized = true,
        };

        string? Member(string name) =>
            root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Text(value) : null;

        static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
    }

    /// <summary>The error object as canonical JSON.</summary>
    public RawJson ToJson() => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(this, ProtocolJson.Default.Failure));
}
