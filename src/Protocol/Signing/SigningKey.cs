namespace Stepwell.Protocol.Signing;

/// <summary>
/// A signing key, <c>signkey-&lt;env&gt;-&lt;hex&gt;</c>. It signs bodies in both directions, and its hash is the bearer token of an app.
/// Its text appears in no message: <see cref="object.ToString"/> gives a fixed word.
/// </summary>
public sealed class SigningKey
{
    private SigningKey() { }

    /// <summary>Reads a key; the prefix may be missing, the rest must be hex digits of even number.</summary>
    /// <exception cref="FormatException">The text is no signing key. The message does not repeat it.</exception>
    public static SigningKey Parse(string text) => throw new NotImplementedException();

    /// <summary>The bearer token: prefix + hex(SHA-256(hex-decoded rest)).</summary>
    public string BearerToken => throw new NotImplementedException();

    /// <summary>The first 12 hex digits of the hash, as introspection shows them.</summary>
    public string ShortHash => throw new NotImplementedException();

    /// <summary>Signs a body: <c>t=&lt;unix seconds&gt;&amp;s=&lt;hex HMAC-SHA256 of body then t&gt;</c>; the HMAC key is the rest of the key as text.</summary>
    public string Sign(ReadOnlySpan<byte> body, DateTimeOffset now) => throw new NotImplementedException();

    /// <summary>Verifies a signature header over exactly these bytes, in constant time.</summary>
    public SignatureCheck Verify(ReadOnlySpan<byte> body, string? header, DateTimeOffset now) => throw new NotImplementedException();

    public override string ToString() => "signing key";
}
