using System.Net;
using System.Net.Sockets;

namespace Stepwell.Executor.Invocation;

/// <summary>The pooled connections to apps. Addresses are checked when a connection is made, so that a name cannot be turned to another address in between.</summary>
public static class AppConnections
{
    private const int MaxRedirects = 10;

    // A pooled connection is replaced after this, so that a change in DNS is noticed.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    // A connection of HTTP/2 on which nothing comes for this long while calls wait is asked whether it lives: it is shared, and a dead one would be given every call until its lifetime ends.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(30);

    /// <param name="followsRedirects">Whether up to 10 redirects are followed, wherever they lead; calls of apps follow their own rule.</param>
    public static SocketsHttpHandler CreateHandler(bool followsRedirects = false) => CreateHandler(Dns.GetHostAddressesAsync, followsRedirects);

    /// <param name="resolve">Finds the addresses of a host.</param>
    /// <param name="followsRedirects">Whether up to 10 redirects are followed, wherever they lead; calls of apps follow their own rule.</param>
    public static SocketsHttpHandler CreateHandler(Func<string, CancellationToken, Task<IPAddress[]>> resolve, bool followsRedirects = false) => new()
    {
        AllowAutoRedirect = followsRedirects,
        MaxAutomaticRedirections = MaxRedirects,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context, resolve, cancellationToken),
        // An app allows so many calls on one connection of HTTP/2; those above it do not wait.
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = s_silence,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionLifetime = s_lifetime,
        UseCookies = false,
        UseProxy = false,
    };

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await resolve(host, cancellationToken);
        var allowed = addresses.Where(address => !RefusedAddresses.Covers(address)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException($"'{host}' is a link-local or metadata address ({string.Join(", ", addresses.AsEnumerable())}); nothing is called there");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
