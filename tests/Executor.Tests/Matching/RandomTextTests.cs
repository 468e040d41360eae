using CsCheck;
using Stepwell.Executor.Matching;

namespace Stepwell.Executor.Tests.Matching;

/// <summary>Whatever is written, parsing gives an expression or a problem within the text, and evaluation a value.</summary>
public class RandomTextTests
{
    private static readonly string[] s_pieces =
    [
        "event", "async", "data", ".", "[", "]", "(", ")", "{", "}", ",", ":", "?", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "!", "in", "+", "-", "*", "/", "%", "has(", "size(", "matches(",
        ".contains(", ".startsWith(", ".matches(", ".lowerAscii()", ".all(", "timestamp(", "duration(", "string(", "int(", "uint(", "double(", "bool(", "date(", "now_plus(", "true", "false", "null", "1", "0",
        "9223372036854775807", "18446744073709551615u", "0x1F", "1e308", "1.5", "'a'", "\"b\"", "r'\\d'", "'''c'''", "'1h'", "'2026-01-01T00:00:00Z'", "'(a+)+$'", "x", "`a-b`", " ", "\n", "'", "\\", "§", "\ud83d",
    ];

    private const string Event = """{"name":"a","ts":1767225600000,"data":{"a":1e400,"b":"\ud83d","x":[1,"a",{"data":null}],"\ud83d":2,"data":{"event":true}}}""";

    private static readonly MatchInput s_input = Expressions.Input(Event, Event);

    [Fact]
    public void Any_sequence_of_tokens_is_taken_or_refused() =>
        Gen.OneOf(s_pieces).Array[1, 30].Select(pieces => string.Concat(pieces)).Sample(IsTakenOrRefused, iter: 10_000);

    [Fact]
    public void Any_text_is_taken_or_refused() => Gen.String[0, 60].Sample(IsTakenOrRefused, iter: 10_000);

    [Fact]
    public void Any_expression_that_is_well_formed_gives_a_value()
    {
        var values = Gen.OneOf(
            "event", "event.data", "event.data.a", "event.data.b", "async.data.x", "event.data.missing", "1", "-1", "0", "2u", "0u", "1.5", "-9223372036854775808", "18446744073709551615u", "1e308", "'a'", "'1h'", "''",
            "true", "false", "null", "[1, 'a']", "[]", "{'a': 1}", "{1: 2u}", "timestamp('9999-12-31T23:59:59Z')", "duration('-1h')", "'2026-01-01T00:00:00Z'");
        var operators = Gen.OneOf("==", "!=", "<", "<=", ">", ">=", "&&", "||", "in", "+", "-", "*", "/", "%");
        var calls = Gen.OneOf("size({0})", "int({0})", "uint({0})", "double({0})", "string({0})", "bool({0})", "timestamp({0})", "duration({0})", "date({0})", "now_plus({0})", "now_minus({0})", "({0}).x", "!({0})", "-({0})",
            "({0}).lowerAscii()", "({0}).matches({1})", "({0}).contains({1})", "({0})[{1}]", "({0}) ? ({1}) : ({0})", "{{{0}: {1}}}", "[{0}, {1}]", "{0}");
        var applied = Gen.Select(calls, values, values, (call, one, other) => string.Format(null, call, one, other));
        var problems = 0;

        Gen.Select(applied, operators, applied, operators, applied, (a, one, b, two, c) => $"({a} {one} {b}) {two} {c}").Sample(
            text =>
            {
                if (!MatchExpression.TryParse(text, MatchVariables.EventAndAsync, out var expression, out _))
                    Interlocked.Increment(ref problems);
                else
                    Assert.NotNull(expression.KeyText(s_input));
            },
            iter: 20_000);

        Assert.Equal(0, problems);
    }

    private static void IsTakenOrRefused(string text)
    {
        if (MatchExpression.TryParse(text, MatchVariables.EventAndAsync, out var expression, out var problem))
        {
            Assert.NotNull(expression.Evaluate(s_input));
            Assert.NotNull(expression.KeyText(s_input));
            Assert.All(expression.Equalities(s_input), equality => Assert.NotEmpty(equality.Path));
        }
        else
        {
            Assert.InRange(problem.Column, 1, text.Length + 1);
            Assert.NotEmpty(problem.Reason);
        }
    }
}
