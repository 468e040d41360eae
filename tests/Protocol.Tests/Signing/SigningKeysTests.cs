using Stepwell.Protocol.Signing;

namespace Stepwell.Protocol.Tests.Signing;

public class SigningKeysTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_795_491_803);
    private static readonly SigningKey s_current = SigningKey.Parse("signkey-test-12345678abcdef00");
    private static readonly SigningKey s_former = SigningKey.Parse("signkey-test-00fedcba87654321");
    private static readonly byte[] s_body = "{}"u8.ToArray();

    [Fact]
    public void The_key_in_use_verifies_and_signs_the_reply()
    {
        var check = new SigningKeys(s_current, s_former).Verify(s_body, s_current.Sign(s_body, s_now), s_now, out var verifiedBy);

        Assert.Equal((SignatureCheck.Valid, s_current), (check, verifiedBy));
    }

    [Fact]
    public void The_fallback_key_verifies_and_then_signs_the_reply()
    {
        var check = new SigningKeys(s_current, s_former).Verify(s_body, s_former.Sign(s_body, s_now), s_now, out var verifiedBy);

        Assert.Equal((SignatureCheck.Valid, s_former), (check, verifiedBy));
    }

    [Fact]
    public void Without_a_fallback_only_the_key_in_use_counts()
    {
        var check = new SigningKeys(s_current).Verify(s_body, s_former.Sign(s_body, s_now), s_now, out _);

        Assert.Equal(SignatureCheck.Mismatch, check);
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public void An_old_signature_is_refused_by_both_keys(int seconds)
    {
        var keys = new SigningKeys(s_current, s_former);

        Assert.Equal(SignatureCheck.Expired, keys.Verify(s_body, s_current.Sign(s_body, s_now), s_now.AddSeconds(seconds), out _));
        Assert.NotEqual(SignatureCheck.Valid, keys.Verify(s_body, s_former.Sign(s_body, s_now), s_now.AddSeconds(seconds), out _));
    }

    [Fact]
    public void A_third_key_verifies_nothing()
    {
        var third = SigningKey.Parse("signkey-test-99999999");

        var check = new SigningKeys(s_current, s_former).Verify(s_body, third.Sign(s_body, s_now), s_now, out var verifiedBy);

        Assert.Equal((SignatureCheck.Mismatch, s_current), (check, verifiedBy));
    }

    [Fact]
    public void No_header_is_missing_whatever_the_keys()
    {
        Assert.Equal(SignatureCheck.Missing, new SigningKeys(s_current, s_former).Verify(s_body, null, s_now, out _));
    }
}
