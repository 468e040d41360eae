using Stepwell.Protocol.Signing;

namespace Stepwell.Protocol.Tests.Signing;

public class SigningKeyTests
{
    private const string Hash = "1425c614b3c1496f790eda4bea6c2256db84457b632ab328d8544fe290a611f2";

    [Fact]
    public void The_bearer_token_is_the_hash_of_the_decoded_key_after_its_prefix()
    {
        Assert.Equal($"signkey-test-{Hash}", SigningKey.Parse("signkey-test-12345678abcdef00").BearerToken);
    }

    [Theory]
    [InlineData("12345678abcdef00", "")]
    [InlineData("12345678ABCDEF00", "")]
    [InlineData("signkey-prod-12345678abcdef00", "signkey-prod-")]
    [InlineData("signkey-branch_1-12345678abcdef00", "signkey-branch_1-")]
    public void The_prefix_may_be_any_word_or_missing(string key, string prefix)
    {
        Assert.Equal(prefix + Hash, SigningKey.Parse(key).BearerToken);
    }

    [Fact]
    public void Introspection_shows_twelve_digits_of_the_hash()
    {
        Assert.Equal("1425c614b3c1", SigningKey.Parse("signkey-test-12345678abcdef00").ShortHash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("signkey-test-")]
    [InlineData("signkey-test-123")]
    [InlineData("signkey-test-12345678abcdefgh")]
    [InlineData("signkey--12345678abcdef00")]
    [InlineData("signkey-a-b-12345678abcdef00")]
    [InlineData("SIGNKEY-test-12345678abcdef00")]
    [InlineData(" signkey-test-12345678abcdef00")]
    [InlineData("signkey-test-12345678abcdef00\n")]
    [InlineData("top secret")]
    public void What_is_no_key_is_refused_without_repeating_it(string text)
    {
        var exception = Assert.Throws<FormatException>(() => SigningKey.Parse(text));

        Assert.Contains("signkey-<environment>-<hex>", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("12345678", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_does_not_show_itself()
    {
        var key = SigningKey.Parse("signkey-test-12345678abcdef00");

        Assert.DoesNotContain("12345678", $"{key} {new SigningKeys(key, key)}", StringComparison.Ordinal);
    }
}
