namespace Stepwell.Executor.Tests.Matching;

public class KeyTextTests
{
    [Theory]
    [InlineData("event.data.text", "a b")]
    [InlineData("event.data.whole", "5")]
    [InlineData("event.data.large", "1e+21")]
    [InlineData("event.data.part", "0.1")]
    [InlineData("event.data.yes", "true")]
    [InlineData("event.data.text + '-' + string(event.data.whole)", "a b-5")]
    [InlineData("2 + 3", "5")]
    [InlineData("5u", "5")]
    [InlineData("[event.data.whole, 'x\"y', null, {'b': 1, 'a': true}]", """[5,"x\"y",null,{"a":true,"b":1}]""")]
    [InlineData("event.data.object", """{"a":[1],"b":"c"}""")]
    [InlineData("timestamp('2026-01-01T00:00:00.250Z')", "2026-01-01T00:00:00.25Z")]
    [InlineData("duration('90s')", "90s")]
    [InlineData("0.0 / 0.0", "NaN")]
    public void A_key_is_the_result_as_text(string text, string key) => Assert.Equal(
        key,
        Expressions.KeyText(text, """{"data":{"text":"a b","whole":5.0,"large":1e21,"part":0.1,"yes":true,"object":{"b":"c","a":[1]}}}"""));

    [Theory]
    [InlineData("event.data.missing")]
    [InlineData("event.data.missing + 'a'")]
    [InlineData("1 / 0")]
    public void What_gives_no_value_is_of_the_empty_group(string text) => Assert.Equal("", Expressions.KeyText(text));
}
