using Stepwell.Executor.Matching;

namespace Stepwell.Executor.Tests.Matching;

public class MatchExpressionTests
{
    private const string Order = """
        {"name":"shop/order.placed","id":"01J","ts":1767225600000,"user":{"email":"Ann@Example.com"},"data":{"total":250,"rate":0.5,"vip":true,"none":null,"half":"\ud83d","tags":["new","gift"],"lines":[{"sku":"A-1","count":2}],"if":1,"a-b":2}}
        """;

    [Theory]
    [InlineData("event.data.total > 100")]
    [InlineData("event.data.total == 250 && event.data.vip")]
    [InlineData("event.data.total >= 250.0 && event.data.rate < 1")]
    [InlineData("event.data.total * 2 == 500 && event.data.total / 4 == 62.5 && event.data.total % 4 == 2")]
    [InlineData("event.name == 'shop/order.placed' && event.name.startsWith(\"shop/\")")]
    [InlineData("event.user.email.lowerAscii().endsWith('@example.com')")]
    [InlineData("event.user.email.matches('^[A-Z][a-z]+@')")]
    [InlineData("'gift' in event.data.tags && !('old' in event.data.tags)")]
    [InlineData("size(event.data.tags) == 2 && event.data.tags.size() == 2")]
    [InlineData("event.data.tags == ['new', 'gift'] && event.data.tags[1] == 'gift'")]
    [InlineData("event.data.lines[0].sku == 'A-1' && event.data.lines[0]['count'] == 2")]
    [InlineData("event.data.lines[0] == {'count': 2, 'sku': 'A-1'}")]
    [InlineData("'sku' in event.data.lines[0]")]
    [InlineData("has(event.data.total) && has(event.data.none) && !has(event.data.missing) && !has(event.data.missing.deeper)")]
    [InlineData("(event.data.vip ? 'gold' : 'tin') + '-' + string(event.data.total) == 'gold-250'")]
    [InlineData("event.data.if == 1 && event.data.`a-b` == 2 && event.data['a-b'] == 2")]
    [InlineData("event.data.half == event.data['half'] && size(event.data.half) == 1")]
    [InlineData("event.data.total > 1000 || event.data.vip // the rest is a comment")]
    public void An_event_that_satisfies_a_condition_matches(string text) => Assert.True(Expressions.IsTrue(text, Order));

    [Theory]
    [InlineData("event.data.missing")]
    [InlineData("event.data.missing.deeper.still")]
    [InlineData("event.missing[0]")]
    [InlineData("event.data.tags[7]")]
    [InlineData("event.data.total.cents")]
    [InlineData("event.data.lines[event.data.missing]")]
    [InlineData("{'a': 1}.b")]
    public void What_is_missing_is_null(string text)
    {
        Assert.IsType<MatchValue.Null>(Expressions.Evaluate(text, Order));
        Assert.True(Expressions.IsTrue($"{text} == null", Order));
        Assert.False(Expressions.IsTrue($"{text} != null", Order));
    }

    [Theory]
    [InlineData("event.data.total == '250'")]
    [InlineData("event.data.vip == 1")]
    [InlineData("event.data.none == false")]
    [InlineData("event.data.tags == 'new'")]
    [InlineData("event.data.missing < 5")]
    [InlineData("event.data.missing >= null")]
    [InlineData("event.name > 5")]
    [InlineData("'a' in event.data.missing")]
    [InlineData("'a' in event.data.total")]
    public void Across_types_a_comparison_is_false(string text) => Assert.Equal(MatchValue.Bool.False, Expressions.Evaluate(text, Order));

    [Theory]
    [InlineData("event.data.missing.startsWith('a')", "startsWith() takes a string and a string, not null and string")]
    [InlineData("!event.data.missing", "! takes a bool, not null")]
    [InlineData("event.data.total + 'a' == 'a'", "+ does not take double and string")]
    [InlineData("event.data.vip && event.data.total", "&& takes bools, not double")]
    [InlineData("event.data.total ? true : true", "? takes a bool before it, not double")]
    [InlineData("1 / 0 == 1", "division by zero")]
    [InlineData("9223372036854775807 + 1 > 0", "the result does not fit into the range of int")]
    [InlineData("int('12x') == 12", "'12x' is no int")]
    [InlineData("event.data.tags['new'] == 'a'", "list[string] is nothing")]
    [InlineData("size(event.data.total) == 1", "size() takes a string, a list or a map, not double")]
    public void What_cannot_be_computed_is_an_error_with_a_reason_and_matches_nothing(string text, string reason)
    {
        Assert.Equal(new MatchValue.Error(reason), Expressions.Evaluate(text, Order));
        Assert.False(Expressions.IsTrue(text, Order));
    }

    [Theory]
    [InlineData("event.data.missing.startsWith('a') || event.data.vip", true)]
    [InlineData("event.data.vip || event.data.missing.startsWith('a')", true)]
    [InlineData("event.data.missing.startsWith('a') || !event.data.vip", false)]
    [InlineData("event.data.missing.startsWith('a') && event.data.vip", false)]
    public void A_side_that_decides_makes_up_for_an_error(string text, bool matches) => Assert.Equal(matches, Expressions.IsTrue(text, Order));

    [Theory]
    [InlineData("event.data.total")]
    [InlineData("'true'")]
    [InlineData("event.data.none")]
    [InlineData("1")]
    public void Only_true_matches(string text) => Assert.False(Expressions.IsTrue(text, Order));

    [Fact]
    public void A_wait_sees_the_event_of_the_run_and_the_one_that_came_in()
    {
        const string Condition = "event.data.cart == async.data.cart && async.data.paid";

        Assert.True(Expressions.IsTrue(Condition, """{"data":{"cart":"c1"}}""", """{"data":{"cart":"c1","paid":true}}"""));
        Assert.False(Expressions.IsTrue(Condition, """{"data":{"cart":"c1"}}""", """{"data":{"cart":"c2","paid":true}}"""));
        Assert.False(Expressions.IsTrue(Condition, """{"data":{"cart":"c1"}}""", """{"data":{"cart":"c1","paid":false}}"""));
    }

    [Fact]
    public void Variables_without_a_value_are_null() =>
        Assert.True(Expressions.Parse("async == null && event.data == null").IsTrue(new MatchInput([], Expressions.Now)));
}
