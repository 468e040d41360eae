using System.Net;
using Stepwell.Executor.Invocation;

namespace Stepwell.Executor.Operations;

/// <summary>What a URL of an app must be: absolute http or https, and no link-local or metadata address.</summary>
internal static class UrlRule
{
    public static void Require(string place, string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) || uri.Host.Length == 0)
            throw new RefusedException($"{place} is '{url}'; it must be an absolute http or https URL.");

        if (RefusedAddresses.Covers(uri.Host) || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && RefusedAddresses.Covers(address)))
            throw new RefusedException($"{place} is '{url}'; apps are not called at link-local or metadata addresses.");
    }
}
