namespace Stepwell.Protocol.Signing;

/// <summary>What checking a signature found.</summary>
public enum SignatureCheck
{
    /// <summary>The signature is this key's, and its time is within five minutes of now.</summary>
    Valid,

    /// <summary>There is no signature header, or an empty one.</summary>
    Missing,

    /// <summary>The header is not <c>t=…&amp;s=…</c>.</summary>
    Malformed,

    /// <summary>The time is more than five minutes away.</summary>
    Expired,

    /// <summary>Another key, or another body.</summary>
    Mismatch,
}
