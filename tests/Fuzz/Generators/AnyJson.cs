using CsCheck;

namespace Stepwell.Fuzz.Tests.Generators;

/// <summary>Any JSON, and near to it what is none.</summary>
internal static class AnyJson
{
    private const int Levels = 3;
    private const int DeepLevels = 600;

    private static readonly string[] s_literals =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "0.5", "1e400", "-1e400", "1e-400", "9007199254740993", "9223372036854775807", "9223372036854775808", "99999999999999999999999999999999", "1E+2",
        "1700000000000", "\"\"", "\" \"", "\"x\"", "\"\\ud83d\"", "\"\\ude00\"", "\"a\\ud83d\\ud83d\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"\\/\\b\\f\\n\\r\\t\"", "\"\u2028\"", "\"\ufeff\"", "\"😀\"", "[]", "{}",
        "\"1h\"", "\"1 hour\"", "\"2026-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"event.data.x\"", "\"event.data.x ==\"", "\"http://x.example/\"", "\"http://169.254.169.254/\"", "\"inngest/x\"", "\"*\"",
    ];

    private static readonly string[] s_noJson = ["NaN", "undefined", "01", "+1", ".5", "1.", "'a'", "\"", "\"\u0001\"", "\"\\x\"", "\"\\u12\"", "/**/1", "1 2", "]", "}", ",", "", "\0", "nul", "True"];

    private static readonly string[] s_names = ["data", "id", "name", "ts", "user", "v", "op", "opts", "error", "type", "", " ", "_inngest", "\\ud83d", "\\u0000", "a\\\"b", "x"];

    private static readonly Gen<JsonTree> s_leaf = Gen.Frequency(
        (8, Gen.OneOf(s_literals)),
        (1, Gen.OneOf(s_noJson)),
        (2, Gen.Long.Select(number => $"{number}")),
        (2, Gen.String[Gen.Char[' ', '~'], 0, 20].Select(Quoted)),
        (1, Gen.String[Gen.Char['\u0080', '\ud7ff'], 0, 20].Select(Quoted)),
        (1, Gen.Int[250, 600].Select(length => Quoted(new string('x', length)))),
        (1, Gen.Int[1, DeepLevels].Select(Deep))).Select(text => (JsonTree)new JsonTree.Leaf(text));

    /// <summary>A name of a member as it stands between quotes.</summary>
    public static Gen<string> Name { get; } = Gen.OneOf(s_names);

    public static Gen<JsonTree> Any { get; } = Value(Levels);

    /// <summary>So many lists in each other.</summary>
    public static string Deep(int levels) => new string('[', levels) + new string(']', levels);

    /// <summary>A text as a JSON string.</summary>
    public static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static Gen<JsonTree> Value(int levels)
    {
        if (levels == 0)
            return s_leaf;

        var inner = Value(levels - 1);
        var members = Gen.Select(Name, inner, (name, value) => (name, (JsonTree?)value)).Array[0, 4];
        return Gen.Frequency((3, s_leaf), (1, inner.Array[0, 3].Select(items => JsonTree.ListOf(items))), (1, members.Select(all => JsonTree.Of(all))));
    }
}
