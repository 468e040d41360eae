using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Stepwell.Protocol.Signing;

/// <summary>
/// A signing key, <c>signkey-&lt;env&gt;-&lt;hex&gt;</c>. It signs bodies in both directions, and its hash is the bearer token of an app.
/// Its text appears in no message: <see cref="object.ToString"/> gives a fixed word.
/// </summary>
public sealed partial class SigningKey
{
    private const int ShortHashLength = 12;

    private readonly byte[] _secret;
    private readonly string _hash;

    private SigningKey(string prefix, string rest)
    {
        _secret = Encoding.UTF8.GetBytes(rest);
        _hash = Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(rest)));
        BearerToken = prefix + _hash;
    }

    /// <summary>Reads a key; the prefix may be missing, the rest must be hex digits of even number.</summary>
    /// <exception cref="FormatException">The text is no signing key. The message does not repeat it.</exception>
    public static SigningKey Parse(string text)
    {
        var prefix = Prefix().Match(text).Value;
        var rest = text[prefix.Length..];
        if (rest.Length == 0 || rest.Length % 2 != 0 || !rest.All(char.IsAsciiHexDigit))
            throw new FormatException("A signing key reads 'signkey-<environment>-<hex>': after the optional prefix an even number of hex digits, at least two.");

        return new SigningKey(prefix, rest);
    }

    /// <summary>The bearer token: prefix + hex(SHA-256(hex-decoded rest)).</summary>
    public string BearerToken { get; }

    /// <summary>The first 12 hex digits of the hash, as introspection shows them.</summary>
    public string ShortHash => _hash[..ShortHashLength];

    /// <summary>Signs a body: <c>t=&lt;unix seconds&gt;&amp;s=&lt;hex HMAC-SHA256 of body then t&gt;</c>; the HMAC key is the rest of the key as text.</summary>
    public string Sign(ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time}&s={Convert.ToHexStringLower(Hash(body, time))}";
    }

    /// <summary>Verifies a signature header over exactly these bytes, in constant time.</summary>
    public SignatureCheck Verify(ReadOnlySpan<byte> body, string? header, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(header))
            return SignatureCheck.Missing;

        if (Header().Match(header.Trim()) is not { Success: true } match
            || !long.TryParse(match.Groups["t"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return SignatureCheck.Malformed;

        if (!CryptographicOperations.FixedTimeEquals(Hash(body, match.Groups["t"].Value), Convert.FromHexString(match.Groups["s"].ValueSpan)))
            return SignatureCheck.Mismatch;

        var age = Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds);
        return age <= (decimal)ProtocolLimits.SignatureTolerance.TotalSeconds ? SignatureCheck.Valid : SignatureCheck.Expired;
    }

    public override string ToString() => "signing key";

    private byte[] Hash(ReadOnlySpan<byte> body, string time)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hash.AppendData(body);
        hash.AppendData(Encoding.ASCII.GetBytes(time));
        return hash.GetHashAndReset();
    }

    [GeneratedRegex(@"^signkey-\w+-", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex("^t=(?<t>[0-9]{1,19})&s=(?<s>[0-9a-fA-F]{64})$", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
