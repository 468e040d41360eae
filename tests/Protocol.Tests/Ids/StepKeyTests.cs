using System.Text.Json;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;

namespace Stepwell.Protocol.Tests.Ids;

public class StepKeyTests
{
    [Theory]
    [InlineData("complete", 0, "0737c22d3bfae812339732d14d8c7dbd6dc4e09c")]
    [InlineData("x", 0, "11f6ad8ec52a2984abaafd7c3b516503785c2072")]
    [InlineData("sometimes", 0, "297f31f02b99ab3fd2219c31def8a1392a5f35b7")]
    [InlineData("step.fetch: 127.0.0.1", 0, "ea1a1fbbc498392feea60c99d4d82ec7a6610642")]
    [InlineData("abc", 0, "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("", 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    public void A_step_id_is_the_SHA_1_of_what_the_user_wrote(string userId, int repetition, string key)
    {
        Assert.Equal(key, StepKey.Hash(userId, repetition).Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(37)]
    public void A_repetition_is_the_SHA_1_of_the_id_with_its_number(int repetition)
    {
        Assert.Equal(StepKey.Hash($"same:{repetition}"), StepKey.Hash("same", repetition));
        Assert.NotEqual(StepKey.Hash("same"), StepKey.Hash("same", repetition));
    }

    [Fact]
    public void A_user_id_is_hashed_as_UTF_8()
    {
        Assert.Equal("bf15be717ac1b080b4f1c456692825891ff5073d", StepKey.Hash("é").Value);
    }

    [Fact]
    public void The_well_known_keys_are_those_of_the_protocol()
    {
        Assert.Equal("step", StepKey.Discovery.Value);
        Assert.True(StepKey.Discovery.IsDiscovery);
        Assert.True(StepKey.Parse("step").IsDiscovery);
        Assert.False(StepKey.Hash("step").IsDiscovery);
        Assert.Equal("0737c22d3bfae812339732d14d8c7dbd6dc4e09c", StepKey.Complete.Value);
    }

    [Theory]
    [InlineData("0737c22d3bfae812339732d14d8c7dbd6dc4e09c")]
    [InlineData("a")]
    [InlineData("my-step_1.2:3~(x)!")]
    public void What_a_storage_key_and_a_URL_can_hold_is_a_key(string text)
    {
        Assert.True(StepKey.TryParse(text, out var key));
        Assert.Equal(text, key.Value);
        Assert.Equal(text, key.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    [InlineData("é")]
    [InlineData("a\"b")]
    [InlineData("a&b")]
    [InlineData("a+b")]
    [InlineData("a<b")]
    [InlineData("a>b")]
    [InlineData("a'b")]
    [InlineData("a`b")]
    public void What_would_have_to_be_escaped_is_no_key(string? text)
    {
        Assert.False(StepKey.TryParse(text, out _));
    }

    [Fact]
    public void A_key_has_at_most_128_characters()
    {
        Assert.True(StepKey.TryParse(new string('a', 128), out _));
        Assert.False(StepKey.TryParse(new string('a', 129), out _));
    }

    [Fact]
    public void A_text_that_is_no_key_is_named_in_the_error()
    {
        var exception = Assert.Throws<FormatException>(() => StepKey.Parse("a/b"));

        Assert.Contains("'a/b'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_ordered_by_code_unit()
    {
        string[] keys = ["b", "B", "a", "10", "9"];

        Assert.Equal(["10", "9", "B", "a", "b"], keys.Select(StepKey.Parse).Order().Select(key => key.Value));
        Assert.True(StepKey.Parse("a") < StepKey.Parse("b") && StepKey.Parse("b") > StepKey.Parse("a"));
        Assert.True(StepKey.Parse("a") <= StepKey.Parse("a") && StepKey.Parse("a") >= StepKey.Parse("a"));
    }

    [Fact]
    public void A_key_that_was_never_set_is_not_a_key()
    {
        Assert.Throws<InvalidOperationException>(() => default(StepKey).Value);
        Assert.Equal("", default(StepKey).ToString());
    }

    [Theory]
    [InlineData("""{"current":1,"stack":["a/b"]}""")]
    [InlineData("""{"current":1,"stack":[null]}""")]
    [InlineData("""{"current":1,"stack":[1]}""")]
    public void A_stack_with_something_else_than_keys_is_refused(string stack)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"ctx":{"stack":{{stack}} } }""", ProtocolJson.Default.CallRequest));
    }

    [Fact]
    public void Every_key_is_printed_in_a_call_without_an_escape()
    {
        var keys = Enumerable.Range(' ', 95).Select(character => $"a{(char)character}").Where(text => StepKey.TryParse(text, out _)).Select(StepKey.Parse).ToArray();

        var printed = JsonSerializer.Serialize(new CallRequest { Context = new CallContext { Stack = new CallStack(keys.Length, keys) } }, ProtocolJson.Default.CallRequest);

        Assert.True(keys.Length > 70);
        Assert.DoesNotContain('\\', printed);
    }
}
