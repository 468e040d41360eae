using System.Security.Cryptography;
using CsCheck;
using Stepwell.Protocol.Signing;

namespace Stepwell.Protocol.Tests.Signing;

public class SignatureTests
{
    private static readonly SigningKey s_key = SigningKey.Parse("signkey-test-12345678abcdef00");
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_795_491_803);
    private static readonly byte[] s_body = """{"a":1}"""u8.ToArray();

    [Fact]
    public void A_signature_is_the_HMAC_of_the_body_and_then_the_time_under_the_key_as_text()
    {
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData("12345678abcdef00"u8, """{"a":1}1795491803"""u8));

        Assert.Equal($"t=1795491803&s={expected}", s_key.Sign(s_body, s_now));
    }

    [Fact]
    public void An_empty_body_is_signed_by_its_time_alone()
    {
        Assert.Equal("t=1795491803&s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174", s_key.Sign([], s_now));
    }

    [Fact]
    public void The_part_of_a_second_does_not_count()
    {
        Assert.Equal(s_key.Sign(s_body, s_now), s_key.Sign(s_body, s_now.AddMilliseconds(999)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(299)]
    [InlineData(300)]
    [InlineData(-300)]
    public void A_signature_is_valid_for_five_minutes_both_ways(int seconds)
    {
        Assert.Equal(SignatureCheck.Valid, s_key.Verify(s_body, s_key.Sign(s_body, s_now), s_now.AddSeconds(seconds)));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    [InlineData(86_400)]
    [InlineData(-86_400)]
    public void A_signature_of_another_time_is_expired(int seconds)
    {
        Assert.Equal(SignatureCheck.Expired, s_key.Verify(s_body, s_key.Sign(s_body, s_now), s_now.AddSeconds(seconds)));
    }

    [Fact]
    public void Any_other_body_is_a_mismatch()
    {
        var header = s_key.Sign(s_body, s_now);

        Gen.Select(Gen.Int[0, s_body.Length - 1], Gen.Byte[1, 255]).Sample((position, change) =>
        {
            var tampered = s_body.ToArray();
            tampered[position] ^= change;
            return s_key.Verify(tampered, header, s_now) == SignatureCheck.Mismatch;
        });
        Assert.Equal(SignatureCheck.Mismatch, s_key.Verify([], header, s_now));
        Assert.Equal(SignatureCheck.Mismatch, s_key.Verify([.. s_body, (byte)' '], header, s_now));
    }

    [Fact]
    public void Another_time_than_the_signed_one_is_a_mismatch()
    {
        var header = s_key.Sign(s_body, s_now).Replace("t=1795491803", "t=1795491804", StringComparison.Ordinal);

        Assert.Equal(SignatureCheck.Mismatch, s_key.Verify(s_body, header, s_now));
    }

    [Fact]
    public void A_time_moved_into_the_body_is_a_mismatch()
    {
        // Body and time are hashed as one text: moving the border must not keep the signature.
        var header = s_key.Sign("{}1"u8, DateTimeOffset.FromUnixTimeSeconds(795_491_803));

        Assert.Equal(SignatureCheck.Expired, s_key.Verify("{}"u8, header.Replace("t=", "t=1", StringComparison.Ordinal), DateTimeOffset.UnixEpoch));
        Assert.Equal(SignatureCheck.Mismatch, s_key.Verify("{}"u8, header, s_now));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void No_header_is_a_missing_signature(string? header)
    {
        Assert.Equal(SignatureCheck.Missing, s_key.Verify(s_body, header, s_now));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("t=1795491803")]
    [InlineData("s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174")]
    [InlineData("t=&s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174")]
    [InlineData("t=abc&s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174")]
    [InlineData("t=-1795491803&s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174")]
    [InlineData("t=9999999999999999999&s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174")]
    [InlineData("t=١٧٩٥٤٩١٨٠٣&s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174")]
    [InlineData("t=1795491803&s=")]
    [InlineData("t=1795491803&s=b9fb")]
    [InlineData("t=1795491803&s=zzfb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174")]
    [InlineData("t=1795491803&s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f17400")]
    [InlineData("t=1795491803&s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174&x=1")]
    [InlineData("t=1795491803, s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174")]
    public void A_header_of_another_form_is_malformed(string header)
    {
        Assert.Equal(SignatureCheck.Malformed, s_key.Verify([], header, s_now));
    }

    [Fact]
    public void Any_text_is_refused_and_never_throws()
    {
        Gen.String.Sample(header => s_key.Verify(s_body, header, s_now) is SignatureCheck.Missing or SignatureCheck.Malformed);
    }

    [Fact]
    public void A_time_far_in_the_future_is_expired_and_does_not_overflow()
    {
        const string Time = "9223372036854775807";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData("12345678abcdef00"u8, [.. s_body, .. "9223372036854775807"u8]));

        Assert.Equal(SignatureCheck.Expired, s_key.Verify(s_body, $"t={Time}&s={signature}", s_now));
    }
}
