using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>Canonical JSON without the members that are null, which mean the same as missing ones.</summary>
public static class JsonWithoutNulls
{
    public static string Of(JsonElement element) => JsonText.Canonical(Strip(JsonNode.Parse(element.GetRawText()))!);

    private static JsonNode? Strip(JsonNode? node)
    {
        if (node is JsonObject json)
        {
            foreach (var (name, member) in json.ToArray())
            {
                if (Strip(member) is null)
                    json.Remove(name);
            }
        }

        if (node is JsonArray array)
        {
            foreach (var item in array)
                Strip(item);
        }

        return node;
    }
}
