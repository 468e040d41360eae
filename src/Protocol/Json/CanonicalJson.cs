using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Stepwell.Protocol.Json;

/// <summary>
/// The JSON Canonicalization Scheme of RFC 8785. Signatures are computed over this form, because an SDK parses a body and
/// prints it canonically before it verifies. System.Text.Json cannot write it: it escapes more, and lays numbers out otherwise.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The deepest nesting accepted, in levels of arrays and objects.</summary>
    public const int MaxDepth = 512;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };

    /// <summary>
    /// Brings one JSON value into canonical form. Of equal keys in an object the last one counts, as in JSON.parse. What is canonical already is
    /// returned as it is, so the memory must not be reused.
    /// </summary>
    /// <exception cref="JsonException">The bytes are not one well-formed JSON value in UTF-8, nest deeper than <see cref="MaxDepth"/>, or hold a number beyond a double.</exception>
    public static RawJson Canonicalize(ReadOnlyMemory<byte> utf8)
    {
        Utf8Text.Require(utf8.Span);
        using var document = JsonDocument.Parse(utf8, s_options);
        var writer = new ArrayBufferWriter<byte>(Math.Max(utf8.Length, 16));
        Write(document.RootElement, writer);
        return writer.WrittenSpan.SequenceEqual(utf8.Span) ? new RawJson(utf8) : new RawJson(writer.WrittenSpan.ToArray());
    }

    private static void Write(JsonElement element, ArrayBufferWriter<byte> writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, writer);
                break;
            case JsonValueKind.Array:
                WriteArray(element, writer);
                break;
            case JsonValueKind.String:
                CanonicalString.Write(JsonMarshal.GetRawUtf8Value(element)[1..^1], writer);
                break;
            case JsonValueKind.Number:
                CanonicalNumber.Write(JsonMarshal.GetRawUtf8Value(element), writer);
                break;
            default:
                writer.Write(JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    private static void WriteArray(JsonElement array, ArrayBufferWriter<byte> writer)
    {
        writer.Write("["u8);
        var first = true;
        foreach (var item in array.EnumerateArray())
        {
            if (!first)
                writer.Write(","u8);

            first = false;
            Write(item, writer);
        }

        writer.Write("]"u8);
    }

    private static void WriteObject(JsonElement element, ArrayBufferWriter<byte> writer)
    {
        // Keys are sorted by UTF-16 code unit, which is what an ordinal comparison of strings does.
        var members = new SortedDictionary<string, JsonProperty>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
            members[CanonicalString.Unescape(JsonMarshal.GetRawUtf8PropertyName(property))] = property;

        writer.Write("{"u8);
        var first = true;
        foreach (var property in members.Values)
        {
            if (!first)
                writer.Write(","u8);

            first = false;
            CanonicalString.Write(JsonMarshal.GetRawUtf8PropertyName(property), writer);
            writer.Write(":"u8);
            Write(property.Value, writer);
        }

        writer.Write("}"u8);
    }
}
