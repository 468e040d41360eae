namespace Stepwell.Protocol.Json;

/// <summary>
/// The JSON Canonicalization Scheme of RFC 8785. Signatures are computed over this form, because an SDK parses a body and
/// prints it canonically before it verifies. System.Text.Json cannot write it: it escapes more, and lays numbers out otherwise.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The deepest nesting accepted, in levels of arrays and objects.</summary>
    public const int MaxDepth = 512;

    /// <summary>Brings one JSON value into canonical form. Of equal keys in an object the last one counts, as in JSON.parse.</summary>
    /// <exception cref="System.Text.Json.JsonException">The bytes are not one well-formed JSON value in UTF-8, or nest deeper than <see cref="MaxDepth"/>.</exception>
    public static RawJson Canonicalize(ReadOnlyMemory<byte> utf8) => throw new NotImplementedException();
}
