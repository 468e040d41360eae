using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>Forms of recorded JSON that tests compare.</summary>
public static class JsonText
{
    private static readonly JsonSerializerOptions s_asJavaScript = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The canonical form.</summary>
    public static string Canonical(JsonElement element) => CanonicalJson.Canonicalize(JsonMarshal.GetRawUtf8Value(element).ToArray()).ToString();

    /// <summary>The canonical form.</summary>
    public static string Canonical(ReadOnlyMemory<byte> utf8) => CanonicalJson.Canonicalize(utf8).ToString();

    /// <summary>The canonical form.</summary>
    public static string Canonical(JsonNode node) => Canonical(Encoding.UTF8.GetBytes(node.ToJsonString()));

    /// <summary>The form in which JSON.stringify prints: compact, the members in their order.</summary>
    public static byte[] Compact(JsonElement element) => JsonSerializer.SerializeToUtf8Bytes(element, s_asJavaScript);

    public static JsonObject Members(JsonElement element) => JsonObject.Create(element)!;

    public static RawJson Raw(JsonElement element) => RawJson.FromElement(element);
}
