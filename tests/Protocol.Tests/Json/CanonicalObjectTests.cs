namespace Stepwell.Protocol.Tests.Json;

public class CanonicalObjectTests
{
    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"aa":1,"a":2,"":3}""", """{"":3,"a":2,"aa":1}""")]
    [InlineData("""{"a":1,"B":2,"1":3,"10":4,"9":5}""", """{"1":3,"10":4,"9":5,"B":2,"a":1}""")]
    [InlineData("""{"é":1,"z":2}""", """{"z":2,"é":1}""")]
    [InlineData("""{"x":{"b":[{"d":1,"c":2}],"a":0}}""", """{"x":{"a":0,"b":[{"c":2,"d":1}]}}""")]
    public void Members_are_sorted_at_every_level(string json, string canonical)
    {
        Assert.Equal(canonical, Canonical.Of(json));
    }

    [Theory]
    [InlineData("""{"דּ":1,"😀":2}""")]
    [InlineData("""{"\ufb33":1,"\ud83d\ude00":2}""")]
    public void An_astral_key_comes_before_a_later_one_of_the_basic_plane(string json)
    {
        Assert.Equal("""{"😀":2,"דּ":1}""", Canonical.Of(json));
    }

    [Theory]
    [InlineData("""{"\u0062":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"\ud800":1,"\r":2}""", """{"\r":2,"\ud800":1}""")]
    [InlineData("""{"\ue000":1,"\ud800":2}""", "{\"\\ud800\":2,\"\ue000\":1}")]
    public void An_escaped_key_is_sorted_by_what_it_means(string json, string canonical)
    {
        Assert.Equal(canonical, Canonical.Of(json));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1,"\u0061":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"b":0,"a":1,"c":0,"a":null}""", """{"a":null,"b":0,"c":0}""")]
    public void Of_equal_keys_the_last_one_counts(string json, string canonical)
    {
        Assert.Equal(canonical, Canonical.Of(json));
    }

    [Theory]
    [InlineData(" { } ", "{}")]
    [InlineData("\r\n[ ]\t", "[]")]
    [InlineData("[ 3 , 1,\n2 ]", "[3,1,2]")]
    [InlineData(" true ", "true")]
    [InlineData("null", "null")]
    public void Whitespace_is_dropped_and_arrays_keep_their_order(string json, string canonical)
    {
        Assert.Equal(canonical, Canonical.Of(json));
    }
}
