using Stepwell.Executor.Matching;

namespace Stepwell.Executor.Tests.Matching;

public class BoundedEvaluationTests
{
    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{1:")]
    [InlineData("!")]
    [InlineData("-")]
    [InlineData("event.")]
    [InlineData("size(")]
    [InlineData("true?1:")]
    [InlineData("event[")]
    [InlineData("1+")]
    [InlineData("'")]
    [InlineData("\\")]
    [InlineData("`")]
    public void A_hundred_thousand_repetitions_are_refused(string piece)
    {
        var problem = Expressions.Problem(string.Concat(Enumerable.Repeat(piece, 100_000)));

        Assert.Equal($"the expression is {100_000 * piece.Length} characters long, the limit is 16384 at column 16385", problem);
    }

    [Theory]
    [InlineData("(", "1", ")", 41, "brackets nest deeper than 40 levels")]
    [InlineData("[", "", "]", 8_000, "brackets nest deeper than 40 levels")]
    [InlineData("!", "true", "", 3_900, "levels, the limit is 120")]
    [InlineData("- ", "1", "", 3_900, "levels, the limit is 120")]
    [InlineData("1+", "1", "", 1_900, "levels, the limit is 120")]
    [InlineData("true?1:", "1", "", 900, "levels, the limit is 120")]
    [InlineData("", "event", ".a", 1_900, "levels, the limit is 120")]
    [InlineData("1,", "1", "", 4_000, "more than 4000 words and signs")]
    public void Deep_and_long_expressions_within_the_length_are_refused(string before, string inner, string after, int times, string reason) =>
        Assert.Contains(reason, Expressions.Problem(Repeated(before, inner, after, times)), StringComparison.Ordinal);

    [Theory]
    [InlineData("(", "true", ")", 40)]
    [InlineData("!", "true", "", 118)]
    [InlineData("[", "true", "][0]", 20)]
    [InlineData("false?false:", "true", "", 118)]
    [InlineData("true&&", "true", "", 1_990)]
    [InlineData("false||", "true", "", 1_990)]
    public void The_deepest_expressions_fit_into_an_ordinary_stack(string before, string inner, string after, int times) =>
        Assert.True(OnAStackOf(1024, () => Expressions.IsTrue(Repeated(before, inner, after, times))));

    [Fact]
    public void On_a_stack_that_is_nearly_used_up_brackets_are_a_problem()
    {
        var text = Repeated("(", "true", ")", 40);

        var problem = OnAStackOf(192, () => MatchExpression.TryParse(text, MatchVariables.Event, out _, out var problem) ? "" : problem.ToString());

        Assert.Contains("expected fewer brackets", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_as_deep_as_an_event_can_be_fit_into_an_ordinary_stack()
    {
        var deep = EventOf(Repeated("[", "1", "]", 500));

        Assert.True(OnAStackOf(1024, () => Expressions.IsTrue("event.data.a == async.data.a", deep, deep)));
        Assert.Equal(1_001, OnAStackOf(1024, () => Expressions.KeyText("event.data.a", deep)).Length);
    }

    [Fact]
    public void Strings_do_not_grow_beyond_a_limit()
    {
        var text = string.Join('+', Enumerable.Repeat("event.data.a", 40));

        Assert.Equal(
            new MatchValue.Error("+ would make a string of 270000 characters, the limit is 262144"),
            Expressions.Evaluate(text, EventOf($"\"{new string('a', 10_000)}\"")));
    }

    [Fact]
    public void Lists_do_not_grow_beyond_a_limit()
    {
        var text = string.Join('+', Enumerable.Repeat("event.data.a", 40));

        Assert.Equal(
            new MatchValue.Error("+ would make a list of 12000 items, the limit is 10000"),
            Expressions.Evaluate(text, EventOf($"[{string.Join(',', Enumerable.Repeat("1", 3_000))}]")));
    }

    [Fact]
    public void Work_over_large_events_ends()
    {
        var text = string.Join("||", Enumerable.Repeat("'x' in event.data.a", 500));

        Assert.Equal(
            new MatchValue.Error("the evaluation takes too long"),
            Expressions.Evaluate(text, EventOf($"[{string.Join(',', Enumerable.Repeat("\"y\"", 10_000))}]")));
    }

    [Fact]
    public void Large_objects_are_compared_without_looking_for_each_member_from_the_start()
    {
        var members = string.Join(',', Enumerable.Range(0, 30_000).Select(at => $"\"m{at}\":{at}"));

        Assert.True(Expressions.IsTrue("event.data.a == async.data.a", EventOf($"{{{members}}}"), EventOf($"{{{members}}}")));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)*$")]
    [InlineData("([a-z]+)*[A-Z]")]
    public void A_pattern_that_explodes_elsewhere_ends(string pattern)
    {
        var bomb = EventOf($"{{\"text\":\"{new string('a', 8_000)}!\",\"pattern\":\"{pattern}\"}}");

        Assert.IsType<MatchValue.Bool>(Expressions.Evaluate($"event.data.a.text.matches('{pattern}')", bomb));
        Assert.IsType<MatchValue.Bool>(Expressions.Evaluate("event.data.a.text.matches(event.data.a.pattern)", bomb));
    }

    [Fact]
    public void Patterns_and_what_they_look_at_are_limited()
    {
        Assert.StartsWith("a pattern has 512 characters at most, not 513", Expressions.Problem($"'a'.matches('{new string('a', 513)}')"), StringComparison.Ordinal);
        Assert.StartsWith("the pattern is too large", Expressions.Problem("'a'.matches('((a{1000}){1000}){1000}')"), StringComparison.Ordinal);
        Assert.Equal(
            new MatchValue.Error("matches() looks at 8192 characters at most, not 9000"),
            Expressions.Evaluate("event.data.a.matches('a')", EventOf($"\"{new string('a', 9_000)}\"")));
        Assert.IsType<MatchValue.Error>(Expressions.Evaluate("'a'.matches(event.data.a)", """{"data":{"a":"("}}"""));
    }

    private static T OnAStackOf<T>(int kilobytes, Func<T> compute)
    {
        var result = default(T);
        var thread = new Thread(() => result = compute(), kilobytes * 1024);
        thread.Start();
        thread.Join();
        return result!;
    }

    private static string EventOf(string a) => "{\"data\":{\"a\":" + a + "}}";

    private static string Repeated(string before, string inner, string after, int times) =>
        string.Concat(Enumerable.Repeat(before, times)) + inner + string.Concat(Enumerable.Repeat(after, times));
}
