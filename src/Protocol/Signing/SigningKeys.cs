namespace Stepwell.Protocol.Signing;

/// <summary>The key in use and the one that is being rotated out.</summary>
public sealed record SigningKeys(SigningKey Primary, SigningKey? Fallback = null)
{
    /// <summary>Verifies with the primary key, then with the fallback; <paramref name="verifiedBy"/> is the key to sign the reply with.</summary>
    public SignatureCheck Verify(ReadOnlySpan<byte> body, string? header, DateTimeOffset now, out SigningKey verifiedBy)
    {
        verifiedBy = Primary;
        var check = Primary.Verify(body, header, now);
        if (check == SignatureCheck.Valid || Fallback is null || Fallback.Verify(body, header, now) != SignatureCheck.Valid)
            return check;

        verifiedBy = Fallback;
        return SignatureCheck.Valid;
    }
}
