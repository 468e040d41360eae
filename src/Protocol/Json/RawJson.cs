using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Json;

/// <summary>
/// One JSON value as the UTF-8 bytes it arrived in. Step data travels in this form from end to end and is never
/// parsed and printed again. Two values are equal when their bytes are. <c>default</c> is the JSON value <c>null</c>.
/// </summary>
[JsonConverter(typeof(RawJsonConverter))]
public readonly struct RawJson(ReadOnlyMemory<byte> utf8) : IEquatable<RawJson>
{
    private static readonly byte[] s_null = "null"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _utf8 = utf8;

    /// <summary>The JSON value <c>null</c>.</summary>
    public static RawJson Null => default;

    /// <summary>The bytes: one JSON value, UTF-8, without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8.IsEmpty ? s_null : _utf8;

    /// <summary>The size in bytes.</summary>
    public int Length => Utf8.Length;

    /// <summary>Whether this is the JSON value <c>null</c>.</summary>
    public bool IsNull => Utf8.Span.SequenceEqual("null"u8);

    /// <summary>Takes over text that is known to be one JSON value.</summary>
    public static RawJson FromString(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <summary>Copies the bytes of a parsed element.</summary>
    public static RawJson FromElement(JsonElement element) => new(JsonMarshal.GetRawUtf8Value(element).ToArray());

    /// <summary>Parses the value; the caller disposes the document.</summary>
    public JsonDocument Parse() => JsonDocument.Parse(Utf8, ProtocolJson.DocumentOptions);

    public bool Equals(RawJson other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    public override bool Equals(object? obj) => obj is RawJson other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    public static bool operator ==(RawJson left, RawJson right) => left.Equals(right);

    public static bool operator !=(RawJson left, RawJson right) => !left.Equals(right);
}
