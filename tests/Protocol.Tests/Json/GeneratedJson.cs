using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;

namespace Stepwell.Protocol.Tests.Json;

/// <summary>JSON texts of any shape, with members in any order, escapes of any kind, and whitespace.</summary>
internal static class GeneratedJson
{
    private const int Levels = 4;

    private static readonly JavaScriptEncoder[] s_encoders = [JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping];

    private static readonly Gen<string> s_space = Gen.OneOf("", " ", "\n\t", "\r");

    private static readonly Gen<string> s_literal = Gen.OneOf("null", "true", "false", "{}", "[]");

    private static readonly Gen<string> s_number = Gen.OneOf(
        Gen.Double.Where(double.IsFinite).Select(number => number.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Int.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.String[Gen.Char['\u0000', '\u0020'], 0, 6],
        Gen.String[Gen.Char['\u007f', '\ud7ff'], 0, 6],
        Gen.String[Gen.Char['\ue000', '\uffff'], 0, 6],
        Gen.Int[0x10000, 0x10ffff].Select(char.ConvertFromUtf32));

    private static readonly Gen<string> s_string = Gen.Select(s_text, Gen.Int[0, 1], (text, encoder) => $"\"{JsonEncodedText.Encode(text, s_encoders[encoder])}\"");

    public static Gen<string> Any { get; } = Value(Levels);

    private static Gen<string> Value(int levels)
    {
        var leaf = Gen.OneOf(s_literal, s_number, s_string);
        if (levels == 0)
            return leaf;

        var inner = Value(levels - 1);
        var array = Gen.Select(inner.Array[0, 4], s_space, (items, space) => $"[{space}{string.Join($"{space},", items)}]{space}");
        var member = Gen.Select(s_string, inner, s_space, (name, value, space) => (Name: JsonSerializer.Deserialize<string>(name)!, Text: $"{name}{space}:{value}"));
        var json = Gen.Select(member.Array[0, 5], s_space, (members, space) =>
            $"{{{space}{string.Join($",{space}", members.DistinctBy(one => one.Name).Select(one => one.Text))}{space}}}");
        return Gen.OneOf(leaf, array, json);
    }
}
