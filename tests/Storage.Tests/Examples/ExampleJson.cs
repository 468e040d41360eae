using System.Text;
using Stepwell.Protocol.Json;

namespace Stepwell.Storage.Tests.Examples;

/// <summary>JSON values that are hard to keep unchanged.</summary>
internal static class ExampleJson
{
    /// <summary>Each is canonical, as everything is that reaches storage.</summary>
    public static TheoryData<string> Values { get; } =
    [
        "null",
        "true",
        "0",
        "-1.5e-300",
        "1.7976931348623157e+308",
        "9007199254740993",
        "\"\"",
        "\"\\u0000\"",
        "\"\\u0001\\u001f\\b\\f\\n\\r\\t\\\"\\\\\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "{\"\\ud83d\":\"\\udfff\"}",
        "\"😀👩‍👩‍👧 ﷽ 漢字 שלום \u2028\u2029\u007f\ufffe\uffff\ufeff\"",
        "\"e\u0301 is not \u00e9\"",
        "[]",
        "{}",
        "[null,[null],{\"\":null}]",
        "{\"data\":{\"error\":null},\"error\":[],\"type\":\"data\"}",
        "\"<script>'&amp;%2F%00+\"",
    ];

    /// <summary>As deep as a value may nest.</summary>
    public static RawJson Deepest { get; } =
        RawJson.FromString(new string('[', CanonicalJson.MaxDepth) + new string(']', CanonicalJson.MaxDepth));

    /// <summary>A string of exactly so many bytes (2 or more) that compresses by a quarter at most.</summary>
    public static RawJson OfSize(int bytes, int seed = 1)
    {
        var random = new Random(seed);
        var text = new byte[bytes];
        for (var i = 1; i < bytes - 1; i++)
            text[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8[random.Next(64)];

        text[0] = text[^1] = (byte)'"';
        return new RawJson(text);
    }

    /// <summary>A string of exactly so many bytes (2 or more) that compresses to next to nothing.</summary>
    public static RawJson Repeated(int bytes) => RawJson.FromString($"\"{new string('a', bytes - 2)}\"");

    /// <summary>Any value, the same for the same seed.</summary>
    public static RawJson Random(int seed)
    {
        var text = new StringBuilder();
        Write(new Random(seed), text, depth: 0);
        return CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void Write(Random random, StringBuilder text, int depth)
    {
        switch (random.Next(depth > 6 ? 4 : 6))
        {
            case 0:
                text.Append(random.Next(3) switch { 0 => "null", 1 => "true", _ => "false" });
                break;
            case 1:
                text.Append(BitConverter.Int32BitsToSingle(random.Next() & 0x7eff_ffff).ToString("R", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case 2 or 3:
                WriteString(random, text);
                break;
            case 4:
                WriteMany(random, text, '[', ']', () => Write(random, text, depth + 1));
                break;
            default:
                WriteMany(random, text, '{', '}', () =>
                {
                    WriteString(random, text);
                    text.Append(':');
                    Write(random, text, depth + 1);
                });
                break;
        }
    }

    private static void WriteMany(Random random, StringBuilder text, char open, char close, Action item)
    {
        text.Append(open);
        for (var i = random.Next(6); i > 0; i--)
        {
            item();
            text.Append(i > 1 ? "," : "");
        }

        text.Append(close);
    }

    // Every code unit as its escape: among them lone surrogates, NUL and what is no character.
    private static void WriteString(Random random, StringBuilder text)
    {
        text.Append('"');
        for (var i = random.Next(12); i > 0; i--)
            text.Append("\\u").Append(random.Next(0x10000).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));

        text.Append('"');
    }
}
