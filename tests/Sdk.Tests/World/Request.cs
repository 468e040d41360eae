using System.Text;
using Stepwell.Sdk.Serving;

namespace Stepwell.Sdk.Tests.World;

/// <summary>A request to the serve handler.</summary>
internal sealed record Request(string Method, byte[] Body)
{
    public Request(string method, string body = "")
        : this(method, Encoding.UTF8.GetBytes(body))
    {
    }

    public Dictionary<string, string> Query { get; init; } = [];

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public ServeRequest To(Uri endpoint, IServiceProvider services) =>
        new(Method, endpoint, name => Query.GetValueOrDefault(name), name => Headers.GetValueOrDefault(name), Body, services);
}
