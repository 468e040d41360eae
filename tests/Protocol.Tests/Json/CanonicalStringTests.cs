using System.Globalization;

namespace Stepwell.Protocol.Tests.Json;

public class CanonicalStringTests
{
    [Theory]
    [InlineData("""\u0022""", """\" """)]
    [InlineData("""\u005c""", """\\ """)]
    [InlineData("""\u0008""", """\b """)]
    [InlineData("""\u0009""", """\t """)]
    [InlineData("""\u000A""", """\n """)]
    [InlineData("""\u000c""", """\f """)]
    [InlineData("""\u000D""", """\r """)]
    [InlineData("""\u001F""", """\u001f """)]
    [InlineData("""\u0000""", """\u0000 """)]
    [InlineData("""\/""", "/")]
    [InlineData("""\u003c""", "<")]
    [InlineData("""\u0027""", "'")]
    [InlineData("""\u00e9""", "é")]
    [InlineData("""\u20AC""", "€")]
    [InlineData("""\ud83d\ude00""", "😀")]
    [InlineData("""\uD83D\uDE00""", "😀")]
    public void Escaped_is_only_what_must_be(string escaped, string canonical)
    {
        Assert.Equal($"\"{canonical.TrimEnd()}\"", Canonical.Of($"\"{escaped}\""));
    }

    [Fact]
    public void Every_other_character_of_the_basic_plane_stays_as_it_is()
    {
        for (var unit = 0x20; unit <= 0xffff; unit++)
        {
            var character = (char)unit;
            if (character is '"' or '\\' || char.IsSurrogate(character))
                continue;

            Assert.Equal($"\"{character}\"", Canonical.Of($"\"{character}\""));
            Assert.Equal($"\"{character}\"", Canonical.Of(string.Create(CultureInfo.InvariantCulture, $"\"\\u{unit:X4}\"")));
        }
    }

    [Theory]
    [InlineData("😀")]
    [InlineData("𝒳")]
    [InlineData("\U00010000")]
    [InlineData("\U0010FFFF")]
    public void An_astral_character_stays_as_it_is(string character)
    {
        Assert.Equal($"\"{character}\"", Canonical.Of($"\"{character}\""));
        Assert.Equal($"\"{character}\"", Canonical.Of(string.Create(CultureInfo.InvariantCulture, $"\"\\u{(int)character[0]:X4}\\u{(int)character[1]:x4}\"")));
    }

    [Theory]
    [InlineData("""\uD800""", """\ud800""")]
    [InlineData("""\uDFFF""", """\udfff""")]
    [InlineData("""a\ud83d""", """a\ud83d""")]
    [InlineData("""\ud83dz""", """\ud83dz""")]
    [InlineData("""\ud83d\n""", """\ud83d\n""")]
    [InlineData("""\ude00\ud83d""", """\ude00\ud83d""")]
    [InlineData("""\ud83d\ud83d\ude00""", """\ud83d😀""")]
    [InlineData("""\ud83d\u0041""", """\ud83dA""")]
    public void A_lone_surrogate_is_its_escape_in_lower_case(string escaped, string canonical)
    {
        Assert.Equal($"\"{canonical}\"", Canonical.Of($"\"{escaped}\""));
        Assert.Equal($$"""{"{{canonical}}":1}""", Canonical.Of($$"""{"{{escaped}}":1}"""));
    }
}
