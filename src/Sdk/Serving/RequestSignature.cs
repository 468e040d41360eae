using System.Text.Json;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Signing;

namespace Stepwell.Sdk.Serving;

/// <summary>Checks a request's signature. It is made over the body's canonical form, which is how the executor sends it; a proxy may have laid it out anew.</summary>
internal static class RequestSignature
{
    /// <summary>The key that signed the request; null when none of them did.</summary>
    public static SigningKey? VerifiedBy(SigningKeys? keys, ReadOnlyMemory<byte> body, string? signature, DateTimeOffset now)
    {
        if (keys is null)
            return null;

        var check = keys.Verify(body.Span, signature, now, out var verifiedBy);
        if (check == SignatureCheck.Mismatch && Canonical(body) is { } canonical)
            check = keys.Verify(canonical.Span, signature, now, out verifiedBy);

        return check == SignatureCheck.Valid ? verifiedBy : null;
    }

    private static ReadOnlyMemory<byte>? Canonical(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : CanonicalJson.Canonicalize(body).Utf8;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
