using System.Net;
using System.Net.Sockets;

namespace Stepwell.Executor.Invocation;

/// <summary>The pooled connections to apps. Addresses are checked when a connection is made, so that a name cannot be turned to another address in between.</summary>
public static class AppConnections
{
    private const int MaxRedirects = 10;

    // A pooled connection is replaced after this, so that a change in DNS is noticed.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    // For finding the address and reaching it; as much again is left for TLS.
    private static readonly TimeSpan s_connecting = TimeSpan.FromSeconds(15);

    // A connection of HTTP/2 that could take more calls is asked whether it lives, when nothing has come on it for so long while calls wait: a dead one would be given all others until its lifetime ends.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(30);

    /// <param name="followsRedirects">Whether up to 10 redirects are followed, wherever they lead; calls of apps follow their own rule.</param>
    public static SocketsHttpHandler CreateHandler(bool followsRedirects = false) => CreateHandler(Dns.GetHostAddressesAsync, followsRedirects);

    /// <param name="resolve">Finds the addresses of a host.</param>
    /// <param name="followsRedirects">Whether up to 10 redirects are followed, wherever they lead; calls of apps follow their own rule.</param>
    public static SocketsHttpHandler CreateHandler(Func<string, CancellationToken, Task<IPAddress[]>> resolve, bool followsRedirects = false)
    {
        var failures = new SharedFailures();
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = followsRedirects,
            MaxAutomaticRedirections = MaxRedirects,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context, resolve, failures, cancellationToken),
            ConnectTimeout = 2 * s_connecting,
            // An app allows so many calls on one connection of HTTP/2; those above it do not wait.
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = s_silence,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionLifetime = s_lifetime,
            UseCookies = false,
            UseProxy = false,
        };
    }

    /// <summary>Whether a request came to nothing because there was no connection in time, or because it broke off.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException { InnerException: TimeoutException };

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, Func<string, CancellationToken, Task<IPAddress[]>> resolve, SharedFailures failures, CancellationToken cancellationToken)
    {
        failures.Share(context.DnsEndPoint, context.InitialRequestMessage);
        using var timeout = new CancellationTokenSource(s_connecting, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var stream = await ConnectAsync(context.DnsEndPoint, resolve, either.Token);
            failures.Succeeded(context.DnsEndPoint);
            return stream;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var message = $"no connection was made within {s_connecting.TotalSeconds:0} s";
            failures.Failed(context.DnsEndPoint, message);
            throw new HttpRequestException(message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failures.Failed(context.DnsEndPoint, exception.Message);
            throw;
        }
    }

    private static async Task<Stream> ConnectAsync(DnsEndPoint app, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        var addresses = await resolve(app.Host, cancellationToken);
        var allowed = addresses.Where(address => !RefusedAddresses.Covers(address)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException($"'{app.Host}' is a link-local or metadata address ({string.Join(", ", addresses.AsEnumerable())}); nothing is called there");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, app.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
