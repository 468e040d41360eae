using System.Collections.Immutable;

namespace Stepwell.Sdk;

/// <summary>A request that the executor makes.</summary>
public sealed record FetchRequest
{
    /// <summary>Describes a request.</summary>
    /// <param name="url">Absolute, http or https.</param>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentException">The URL is not absolute http or https, or the method is empty.</exception>
    public FetchRequest(Uri url, string method = "GET")
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        Url = url is { IsAbsoluteUri: true, Scheme: "http" or "https" } ? url : throw new ArgumentException($"The URL is '{url}'; it must be absolute http or https.", nameof(url));
        Method = method;
    }

    /// <summary>Where to.</summary>
    public Uri Url { get; }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>Headers, by their names.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The body as text; null for none. What kind of text it is says the header <c>content-type</c>.</summary>
    public string? Body { get; init; }
}
