using System.Globalization;
using System.Text;
using System.Text.Json;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Matching;

/// <summary>Values as text: what string() gives and what keys are made of.</summary>
internal static class ValueText
{
    private const string ShortEscapes = "\"\\\b\f\n\r\t";
    private const string ShortEscapeLetters = "\"\\bfnrt";

    public static string Of(MatchValue value) => value switch
    {
        MatchValue.Text text => text.Value,
        MatchValue.Null or MatchValue.Error => "",
        MatchValue.Timestamp instant => TimestampText.Write(instant.Value),
        MatchValue.Duration duration => DurationText.Write(duration.Value),
        MatchValue.DoubleNumber { Value: var number } when !double.IsFinite(number) => double.IsNaN(number) ? "NaN" : number < 0 ? "-Infinity" : "+Infinity",
        _ => Json(value),
    };

    /// <summary>As JSON, in the canonical form of RFC 8785 for all that JSON has; times and what is no number are strings.</summary>
    public static string Json(MatchValue value) => value switch
    {
        MatchValue.Null or MatchValue.Error => "null",
        MatchValue.Bool boolean => boolean.Value ? "true" : "false",
        MatchValue.IntNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
        MatchValue.UintNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
        MatchValue.DoubleNumber { Value: var number } when double.IsFinite(number) => Canonical(number.ToString("R", CultureInfo.InvariantCulture)),
        MatchValue.List list => $"[{string.Join(',', list.Items.Select(Json))}]",
        MatchValue.Map map => $"{{{string.Join(',', map.Entries.Select(entry => (Name: Of(entry.Key), entry.Value)).OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => $"{Quoted(entry.Name)}:{Json(entry.Value)}"))}}}",
        MatchValue.JsonObject map => Canonical(map.Json.GetRawText()),
        _ => Quoted(Of(value)),
    };

    private static string Canonical(string json)
    {
        try
        {
            return CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)).ToString();
        }
        catch (JsonException)
        {
            // A number beyond a double, which no event that we took in has: it stays as it was written.
            return json;
        }
    }

    private static string Quoted(string text)
    {
        var json = new StringBuilder(text.Length + 2).Append('"');
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                json.Append(text[at]).Append(text[++at]);
            else if (ShortEscapes.IndexOf(text[at], StringComparison.Ordinal) is var letter and >= 0)
                json.Append('\\').Append(ShortEscapeLetters[letter]);
            else if (text[at] is < ' ' or (>= '\ud800' and <= '\udfff'))
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}");
            else
                json.Append(text[at]);
        }

        return json.Append('"').ToString();
    }
}
