namespace Stepwell.Executor.Api;

/// <summary>What a caller must show.</summary>
public enum Access
{
    /// <summary>Nothing.</summary>
    Open,

    /// <summary>An event key, in the path.</summary>
    EventKey,

    /// <summary>The hashed signing key, as bearer token.</summary>
    SigningKey,
}
