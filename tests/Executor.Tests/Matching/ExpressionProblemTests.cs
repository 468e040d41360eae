using Stepwell.Executor.Matching;

namespace Stepwell.Executor.Tests.Matching;

public class ExpressionProblemTests
{
    [Theory]
    [InlineData("", "the expression is empty at column 1")]
    [InlineData("   ", "the expression is empty at column 1")]
    [InlineData("event.data.a ==", "unexpected end of input, expected a value, `-` or `!` at column 16")]
    [InlineData("event.data.a == )", "unexpected `)`, expected a value, `-` or `!` at column 17")]
    [InlineData("event.data.a = 1", "unexpected `=`, did you mean `==`? at column 14")]
    [InlineData("(event.data.a == 1", "unexpected end of input, expected `)` at column 19")]
    [InlineData("event.data.a == 1)", "unexpected `)` at column 18")]
    [InlineData("event.data. == 1", "unexpected `==`, expected name or quoted name at column 13")]
    [InlineData("event.data.a == 'x", "this string is not closed at column 17")]
    [InlineData("event.data.a & true", "unexpected `&`, did you mean `&&`? at column 14")]
    [InlineData("[1, 2", "unexpected end of input, expected `,` or `]` at column 6")]
    [InlineData("[1, 2 3]", "unexpected number `3`, expected `,` or `]` at column 7")]
    [InlineData("[1, (2 + )]", "unexpected `)`, expected a value, `-` or `!` at column 10")]
    [InlineData("{'a' 1}", "unexpected number `1`, expected `:` at column 6")]
    [InlineData("true ? 1", "unexpected end of input, expected `:` at column 9")]
    [InlineData("event.data.a § 1", "unexpected `§` at column 14")]
    [InlineData("1 + 12abc", "this is no number at column 5")]
    [InlineData("event event", "unexpected identifier `event` at column 7")]
    [InlineData("size(event.data.a, )", "unexpected `)`, expected a value, `-` or `!` at column 20")]
    public void What_is_no_expression_is_told_with_the_place_and_what_was_expected(string text, string problem) => Assert.Equal(problem, Expressions.Problem(text));

    [Theory]
    [InlineData("foo.data == 1", "unknown variable 'foo' at column 1; known: event, async")]
    [InlineData("event.data.a == 1 && asynch.data.a == 1", "unknown variable 'asynch' at column 22; known: event, async")]
    [InlineData("event.data.a == b'x'", "byte strings are not supported at column 17")]
    [InlineData("event.data.items.exists(i, i == 1)", "the macro 'exists' is not supported at column 18; expressions do not loop: use in, size() or an index")]
    [InlineData("event.data.items.map(i, i * 2)[0] == 2", "the macro 'map' is not supported at column 18; expressions do not loop: use in, size() or an index")]
    [InlineData("event.data.a.foo()", "unknown function 'foo' at column 14; known after a dot: contains, endsWith, lowerAscii, matches, size, startsWith, upperAscii")]
    [InlineData("foo(1)", "unknown function 'foo' at column 1; known: bool, date, double, duration, dyn, has, int, matches, now_minus, now_plus, size, string, timestamp, uint")]
    [InlineData("contains(event.data.a, 'x')", "'contains' comes after a dot at column 1; write event.data.x.contains(…)")]
    [InlineData("event.data.a.int()", "'int' does not come after a dot at column 14; write int(…)")]
    [InlineData("event.data.a.contains()", "'contains' takes 1 argument in its brackets, not 0 at column 14")]
    [InlineData("has(event)", "has() takes one field, such as has(event.data.x) at column 1")]
    [InlineData("1 + 9223372036854775808", "this number does not fit into an int of 64 bits at column 5")]
    [InlineData("event.data.a == 'a\\qb'", "this is no escape in a string at column 19; write \\\\ for a backslash")]
    public void What_is_refused_is_named_with_its_place_and_what_to_do(string text, string problem) => Assert.Equal(problem, Expressions.Problem(text));

    [Theory]
    [InlineData("event.data.a.matches('(')", 22, "the pattern is no regular expression")]
    [InlineData("event.data.a.matches('(?=a)')", 22, "look-around")]
    [InlineData("matches(event.data.a, '(a)\\\\1')", 23, "back-references")]
    public void A_pattern_that_cannot_be_run_is_refused_with_the_expression(string text, int column, string reason)
    {
        Assert.False(MatchExpression.TryParse(text, MatchVariables.Event, out _, out var problem));

        Assert.Equal(column, problem.Column);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_candidate_is_unknown_where_there_is_none()
    {
        Assert.False(MatchExpression.TryParse("async.data.a == 1", MatchVariables.Event, out _, out var problem));

        Assert.Equal("unknown variable 'async' at column 1; known: event", problem.ToString());
    }

    [Fact]
    public void The_first_of_several_problems_is_told() => Assert.StartsWith("unknown variable 'b'", Expressions.Problem("b == 1 && c(2) == a"), StringComparison.Ordinal);
}
