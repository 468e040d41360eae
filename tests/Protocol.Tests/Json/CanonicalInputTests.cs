using System.Text;
using System.Text.Json;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Tests.Json;

public class CanonicalInputTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("""{"a":1,}""")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("1 2")]
    [InlineData("{} {}")]
    [InlineData("// note\n1")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("undefined")]
    [InlineData("True")]
    [InlineData("\"\t\"")]
    [InlineData("""
        "\x41"
        """)]
    [InlineData("""
        "\u12"
        """)]
    [InlineData("\uFEFF{}")]
    [InlineData("<html></html>")]
    public void What_is_not_JSON_is_refused_with_a_sentence(string text)
    {
        var exception = Assert.ThrowsAny<JsonException>(() => Canonical.Of(text));

        Assert.NotEqual("", exception.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xff, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xc3, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xed, 0xa0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xc0, 0xaf, 0x22 })]
    [InlineData(new byte[] { 0xff, 0xfe, 0x31, 0x00 })]
    public void Bytes_that_are_not_UTF_8_are_refused(byte[] bytes)
    {
        var exception = Assert.Throws<JsonException>(() => CanonicalJson.Canonicalize(bytes));

        Assert.Contains("UTF-8", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "]", "")]
    [InlineData("""{"a":""", "}", "1")]
    public void The_deepest_nesting_is_accepted_and_one_level_more_refused(string open, string close, string inner)
    {
        var deepest = Nested(CanonicalJson.MaxDepth);

        Assert.Equal(deepest, Canonical.Of(deepest));
        Assert.ThrowsAny<JsonException>(() => Canonical.Of(Nested(CanonicalJson.MaxDepth + 1)));

        string Nested(int levels) => string.Concat(Enumerable.Repeat(open, levels)) + inner + string.Concat(Enumerable.Repeat(close, levels));
    }

    [Fact]
    public void A_million_brackets_are_refused_and_not_followed()
    {
        Assert.ThrowsAny<JsonException>(() => Canonical.Of(new string('[', 1_000_000)));
    }

    [Fact]
    public void What_is_canonical_already_is_not_copied()
    {
        var bytes = """{"a":1,"b":"é"}"""u8.ToArray();

        var canonical = CanonicalJson.Canonicalize(bytes);

        Assert.True(canonical.Utf8.Span.Overlaps(bytes));
    }

    [Fact]
    public void What_is_not_canonical_leaves_the_input_as_it_was()
    {
        var bytes = """{"b":1,"a":1.0}"""u8.ToArray();

        var canonical = CanonicalJson.Canonicalize(bytes);

        Assert.False(canonical.Utf8.Span.Overlaps(bytes));
        Assert.Equal("""{"b":1,"a":1.0}""", Encoding.UTF8.GetString(bytes));
    }
}
