using Stepwell.Executor.Matching;

namespace Stepwell.Executor.Tests.Matching;

public class ExpressionCacheTests
{
    [Fact]
    public void A_text_is_compiled_once() =>
        // Other tests may empty the cache between two readings, but not each time.
        Assert.Contains(Enumerable.Range(0, 100), _ => ReferenceEquals(Expressions.Parse("event.data.cached == 1"), Expressions.Parse("event.data.cached == 1")));

    [Fact]
    public void The_same_text_over_other_variables_is_another_expression()
    {
        Assert.True(MatchExpression.TryParse("async.data.a == 'over two'", MatchVariables.EventAndAsync, out _, out _));
        Assert.False(MatchExpression.TryParse("async.data.a == 'over two'", MatchVariables.Event, out _, out _));
    }

    [Fact]
    public void The_cache_does_not_grow_without_end()
    {
        var first = Expressions.Parse("event.data.first == 'of many'");

        for (var at = 0; at < 1_001; at++)
            Expressions.Parse($"event.data.number == {at}");

        Assert.NotSame(first, Expressions.Parse("event.data.first == 'of many'"));
    }

    [Fact]
    public void The_cache_does_not_hold_many_long_texts()
    {
        var first = Expressions.Parse("event.data.first == 'of the long ones'");

        for (var at = 0; at < 20; at++)
            Expressions.Parse($"event.data.number == '{at}{new string('a', 15_000)}'");

        Assert.NotSame(first, Expressions.Parse("event.data.first == 'of the long ones'"));
    }
}
