using System.Runtime.InteropServices;
using System.Text.Json;

namespace Stepwell.Protocol.Json;

/// <summary>
/// Texts of JSON that System.Text.Json refuses to give: those with a lone surrogate, which JavaScript sends where it cut an emoji in two. It stays in the text.
/// </summary>
public static class LenientText
{
    /// <summary>The text of a string; of anything else its JSON.</summary>
    public static string Of(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? CanonicalString.Unescape(JsonMarshal.GetRawUtf8Value(value)[1..^1])
        : value.GetRawText();

    /// <summary>The name of a member.</summary>
    public static string NameOf(JsonProperty member) => CanonicalString.Unescape(JsonMarshal.GetRawUtf8PropertyName(member));

    /// <summary>The member of an object with a name; of equal names the last one counts.</summary>
    public static JsonElement? Member(JsonElement json, string name)
    {
        JsonElement? found = null;
        foreach (var member in json.EnumerateObject())
        {
            if (NameOf(member) == name)
                found = member.Value;
        }

        return found;
    }
}
