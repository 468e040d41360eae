namespace Stepwell.Sdk.Serving;

/// <summary>A request to the serve endpoint, whatever framework took it.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Url">The endpoint's absolute URL as the caller wrote it, with its query.</param>
/// <param name="Query">Gives a query parameter's first value; null when it is absent.</param>
/// <param name="Header">Gives a header's value, whatever the case of its name; null when it is absent.</param>
/// <param name="Body">The body, byte for byte.</param>
/// <param name="Services">The scope of this request.</param>
public sealed record ServeRequest(
    string Method, Uri Url, Func<string, string?> Query, Func<string, string?> Header, ReadOnlyMemory<byte> Body, IServiceProvider Services);
