using System.Buffers;
using System.Globalization;
using System.Text;

namespace Stepwell.Protocol.Json;

/// <summary>Strings as RFC 8785 §3.2.2.2 lays them out: escaped is only what must be, controls in lower-case hex, a lone surrogate as its escape.</summary>
internal static class CanonicalString
{
    private static readonly SearchValues<byte> s_escape = SearchValues.Create((byte)'\\');

    /// <summary>Writes a string in quotes.</summary>
    /// <param name="escaped">Well-formed JSON between the quotes, valid UTF-8.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(ReadOnlySpan<byte> escaped, ArrayBufferWriter<byte> writer)
    {
        writer.Write("\""u8);
        while (escaped.IndexOfAny(s_escape) is var at and >= 0)
        {
            writer.Write(escaped[..at]);
            escaped = escaped[at..];
            var unit = ReadEscape(ref escaped);
            if (char.IsHighSurrogate(unit) && escaped.StartsWith("\\u"u8) && (char)Hex(escaped[2..6]) is var low && char.IsLowSurrogate(low))
            {
                escaped = escaped[6..];
                WriteRune(new Rune(unit, low), writer);
            }
            else
            {
                WriteUnit(unit, writer);
            }
        }

        writer.Write(escaped);
        writer.Write("\""u8);
    }

    /// <summary>The text that a string means; lone surrogates stay.</summary>
    public static string Unescape(ReadOnlySpan<byte> escaped)
    {
        if (escaped.IndexOfAny(s_escape) < 0)
            return Encoding.UTF8.GetString(escaped);

        var text = new StringBuilder(escaped.Length);
        while (escaped.IndexOfAny(s_escape) is var at and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(escaped[..at]));
            escaped = escaped[at..];
            text.Append(ReadEscape(ref escaped));
        }

        return text.Append(Encoding.UTF8.GetString(escaped)).ToString();
    }

    private static char ReadEscape(ref ReadOnlySpan<byte> escaped)
    {
        var letter = escaped[1];
        if (letter == (byte)'u')
        {
            var unit = (char)Hex(escaped[2..6]);
            escaped = escaped[6..];
            return unit;
        }

        escaped = escaped[2..];
        return letter switch
        {
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => (char)letter,
        };
    }

    private static void WriteUnit(char unit, ArrayBufferWriter<byte> writer)
    {
        switch (unit)
        {
            case '"': writer.Write("\\\""u8); break;
            case '\\': writer.Write("\\\\"u8); break;
            case '\b': writer.Write("\\b"u8); break;
            case '\f': writer.Write("\\f"u8); break;
            case '\n': writer.Write("\\n"u8); break;
            case '\r': writer.Write("\\r"u8); break;
            case '\t': writer.Write("\\t"u8); break;
            case < ' ' or (>= '\ud800' and <= '\udfff'):
                writer.Write(Encoding.ASCII.GetBytes($"\\u{(int)unit:x4}"));
                break;
            default:
                WriteRune(new Rune(unit), writer);
                break;
        }
    }

    private static void WriteRune(Rune rune, ArrayBufferWriter<byte> writer) => writer.Advance(rune.EncodeToUtf8(writer.GetSpan(4)));

    private static int Hex(ReadOnlySpan<byte> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
