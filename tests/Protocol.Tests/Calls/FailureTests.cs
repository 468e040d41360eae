using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Tests.Calls;

public class FailureTests
{
    [Fact]
    public void An_error_object_is_read()
    {
        var failure = Read("""{"name":"TypeError","message":"m","stack":"TypeError: m\n    at x","code":"E1","cause":{"name":"Error","message":"why"},"__serialized":true}""");

        Assert.Equal(("TypeError", "m", "TypeError: m\n    at x", "E1", true), (failure.Name, failure.Message, failure.Stack, failure.Code, failure.Serialized));
        Assert.Equal("""{"name":"Error","message":"why"}""", failure.Cause!.Value.ToString());
    }

    [Fact]
    public void A_cause_has_a_cause_of_its_own()
    {
        var failure = Read("""{"message":"1","cause":{"message":"2","cause":{"message":"3","cause":{"message":"4","cause":{"message":"5","cause":"6"}}}}}""");

        var messages = new List<string>();
        for (var one = failure; one is not null; one = one.Cause is { } cause ? Failure.FromJson(cause) : null)
            messages.Add(one.Message);

        Assert.Equal(["1", "2", "3", "4", "5", "6"], messages);
    }

    [Theory]
    [InlineData("\"boom\"", "boom")]
    [InlineData("\"\"", "")]
    [InlineData("null", "null")]
    [InlineData("7", "7")]
    [InlineData("[1, 2]", "[1, 2]")]
    [InlineData("true", "true")]
    public void What_is_no_object_is_the_message(string json, string message)
    {
        var failure = Read(json);

        Assert.Equal(("Error", message, "", null, null), (failure.Name, failure.Message, failure.Stack, failure.Code, failure.Cause));
    }

    [Theory]
    [InlineData("{}", "Error", "", "")]
    [InlineData("""{"name":null,"message":null,"stack":null,"cause":null,"code":null}""", "Error", "", "")]
    [InlineData("""{"name":"E"}""", "E", "", "")]
    [InlineData("""{"message":{"detail":1}}""", "Error", """{"detail":1}""", "")]
    [InlineData("""{"name":5,"message":true,"stack":["a","b"]}""", "5", "true", """["a","b"]""")]
    [InlineData("""{"message":"first","message":"last"}""", "Error", "last", "")]
    [InlineData("""{"Message":"m","data":1}""", "Error", "", "")]
    public void Members_that_are_missing_or_odd_do_not_hide_the_rest(string json, string name, string message, string stack)
    {
        var failure = Read(json);

        Assert.Equal((name, message, stack, null, null), (failure.Name, failure.Message, failure.Stack, failure.Code, failure.Cause));
    }

    [Theory]
    [InlineData("""{"message":"cut \ud83d"}""")]
    [InlineData("""{"message":"cut \ud83d","\ud800":1}""")]
    [InlineData("\"cut \\ud83d\"")]
    public void A_message_that_was_cut_inside_an_emoji_is_read(string json)
    {
        var failure = Read(json);

        Assert.Equal("cut \ud83d", failure.Message);
        Assert.Contains("cut \ufffd", failure.ToJson().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"why\"")]
    [InlineData("7")]
    [InlineData("""{"name":"Error","message":"why","stack":""}""")]
    public void A_cause_may_be_any_JSON(string cause)
    {
        Assert.Equal(cause, Read($"{{\"cause\":{cause}}}").Cause!.Value.ToString());
    }

    [Fact]
    public void A_failure_is_printed_in_canonical_form_and_comes_back()
    {
        var failure = new Failure { Name = "Ünï.Error", Message = "<é>\t😀", Stack = "at a\n at b", Code = "C", Cause = RawJson.FromString("""{"b":1,"a":2}""") };

        var json = failure.ToJson();

        Assert.Equal("""{"__serialized":true,"cause":{"a":2,"b":1},"code":"C","message":"<é>\t😀","name":"Ünï.Error","stack":"at a\n at b"}""", json.ToString());
        Assert.Equal(failure with { Cause = RawJson.FromString("""{"a":2,"b":1}""") }, Failure.FromJson(json));
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        Assert.Equal("""{"__serialized":true,"message":"m","name":"Error","stack":""}""", new Failure { Message = "m" }.ToJson().ToString());
    }

    private static Failure Read(string json) => Failure.FromJson(RawJson.FromString(json));
}
