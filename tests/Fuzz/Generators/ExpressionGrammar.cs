using CsCheck;

namespace Stepwell.Fuzz.Tests.Generators;

/// <summary>Expressions in CEL: well-formed ones, and those whose work grows with every level.</summary>
internal static class ExpressionGrammar
{
    private const int Levels = 4;

    private static readonly Gen<string> s_value = Gen.OneOf(
        "event", "event.data", "event.data.n", "event.data.text", "event.data.list", "event.data.none", "event.ts", "event.data[\"n\"]", "event.data.`a-b`", "event.data.list[0]", "true", "false", "null", "0", "1", "-1", "7u",
        "1.5", "1e308", "9223372036854775807", "-9223372036854775808", "18446744073709551615u", "''", "'u1'", "\"\\U0001F600\"", "r'\\d+'", "'1h30m'", "'2026-01-01T00:00:00Z'", "[]", "[1, 'a', null]", "{}", "{'a': 1, 2: 'b'}");

    private static readonly Gen<string> s_symbol = Gen.OneOf("==", "!=", "<", "<=", ">", ">=", "&&", "||", "in", "+", "-", "*", "/", "%");

    private static readonly Gen<string> s_call = Gen.OneOf(
        "({0})", "!({0})", "-({0})", "size({0})", "int({0})", "uint({0})", "double({0})", "string({0})", "bool({0})", "dyn({0})", "timestamp({0})", "duration({0})", "date({0})", "now_plus({0})", "now_minus({0})",
        "({0}).contains({1})", "({0}).startsWith({1})", "({0}).endsWith({1})", "({0}).matches({1})", "matches({0}, {1})", "({0}).lowerAscii()", "({0}).upperAscii()", "({0}).size()", "({0}).x", "({0})[{1}]",
        "({0}) ? ({1}) : ({0})", "[{0}, {1}]", "{{'k': {0}, 'l': {1}}}", "has(event.data.n) ? ({0}) : ({1})");

    private static readonly Gen<string> s_growing = Gen.OneOf("(event.data.text + 'x')", "(event.data.list + [1])", "event.data.list", "event.data.text", "event.data", "[event.data.list, event.data.list]");

    private static readonly Gen<string> s_growth = Gen.OneOf("({0} + {0})", "[{0}, {0}]", "({0} == {0} ? {0} : {0})", "{{'a': {0}, 'b': {0}}}", "({0} in [{0}, {0}] ? {0} : {0})");

    /// <summary>Over the one variable <c>event</c>.</summary>
    public static Gen<string> WellFormed { get; } = Value(Levels);

    /// <summary>Values that double again and again, compared with each other and matched.</summary>
    public static Gen<string> Costly { get; } = Gen.Select(s_growing, s_growth.Array[1, 9], Gen.OneOf("{0} == {0}", "{0} != {0}", "size({0}) > 1", "{0} in [{0}]", "({0}).matches('(a+)+(b|[ab]*c)*$')", "({0}).contains({0})", "string({0})", "{0}"), (start, growth, whole) =>
        string.Format(null, whole, growth.Aggregate(start, (text, one) => text.Length < 4_000 ? string.Format(null, one, text) : text)));

    public static Gen<string> Any { get; } = Gen.Frequency((3, WellFormed), (5, AnyText.Mutated(WellFormed)), (1, Costly), (1, AnyText.Any), (1, Gen.Select(Gen.Int[1, 200], Gen.OneOf("(", "[", "!", "-", "{1:", "a.", "a?"), (times, text) =>
        string.Concat(Enumerable.Repeat(text, times)) + "1")));

    private static Gen<string> Value(int levels)
    {
        if (levels == 0)
            return s_value;

        var inner = Value(levels - 1);
        return Gen.Frequency(
            (3, s_value),
            (2, Gen.Select(inner, s_symbol, inner, (left, symbol, right) => $"({left}) {symbol} ({right})")),
            (2, Gen.Select(s_call, inner, inner, (call, one, other) => string.Format(null, call, one, other))));
    }
}
