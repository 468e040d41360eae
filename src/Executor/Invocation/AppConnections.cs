using System.Net;
using System.Net.Sockets;

namespace Stepwell.Executor.Invocation;

/// <summary>The pooled connections to apps. Addresses are checked when a connection is made, so that a name cannot be turned to another address in between.</summary>
public static class AppConnections
{
    private const int MaxRedirects = 10;

    // A pooled connection is replaced after this, so that a change in DNS is noticed.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    // A connection of HTTP/2 that could take more calls is asked whether it lives, when nothing has come on it for so long while calls wait: a dead one would be given all others until its lifetime ends.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(30);

    /// <param name="followsRedirects">Whether up to 10 redirects are followed, wherever they lead; calls of apps follow their own rule.</param>
    public static SocketsHttpHandler CreateHandler(bool followsRedirects = false) => CreateHandler(Dns.GetHostAddressesAsync, followsRedirects);

    /// <param name="resolve">Finds the addresses of a host.</param>
    /// <param name="followsRedirects">Whether up to 10 redirects are followed, wherever they lead; calls of apps follow their own rule.</param>
    public static SocketsHttpHandler CreateHandler(Func<string, CancellationToken, Task<IPAddress[]>> resolve, bool followsRedirects = false) =>
        CreateHandler(resolve, ConnectTimes.Default, followsRedirects);

    /// <param name="resolve">Finds the addresses of a host.</param>
    /// <param name="times">How long connecting may take.</param>
    /// <param name="followsRedirects">Whether up to 10 redirects are followed, wherever they lead; calls of apps follow their own rule.</param>
    internal static SocketsHttpHandler CreateHandler(Func<string, CancellationToken, Task<IPAddress[]>> resolve, ConnectTimes times, bool followsRedirects = false)
    {
        var sockets = new AppSockets(resolve, times);
        var failures = new SharedFailures(times, TimeProvider.System);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = followsRedirects,
            MaxAutomaticRedirections = MaxRedirects,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = async (context, cancellationToken) => WaitingCall.TryFind(context.InitialRequestMessage, out var call)
                ? await ConnectAsync(context.DnsEndPoint, call, sockets, failures, times, cancellationToken)
                : new NetworkStream(await sockets.ConnectAsync(context.DnsEndPoint, cancellationToken), ownsSocket: true),
            ConnectTimeout = times.Whole,
            // An app allows so many calls on one connection of HTTP/2; those above it do not wait.
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = s_silence,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            // Comes after the TLS handshake, if there is one.
            PlaintextStreamFilter = (context, _) =>
            {
                Connected(context.InitialRequestMessage, failures);
                return ValueTask.FromResult(context.PlaintextStream);
            },
            PooledConnectionLifetime = s_lifetime,
            UseCookies = false,
            UseProxy = false,
        };
    }

    /// <summary>Whether a request came to nothing because there was no connection in time, or because it broke off.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException { InnerException: TimeoutException };

    private static async Task<Stream> ConnectAsync(
        DnsEndPoint app, WaitingCall call, AppSockets sockets, SharedFailures failures, ConnectTimes times, CancellationToken cancellationToken)
    {
        failures.Share(app, call);
        var attempt = new ConnectAttempt(app, call, failures, times, TimeProvider.System, cancellationToken);
        try
        {
            return new AppStream(await sockets.ConnectAsync(app, cancellationToken), attempt);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            attempt.Failed(exception.Message);
            throw;
        }
    }

    private static void Connected(HttpRequestMessage request, SharedFailures failures)
    {
        if (!WaitingCall.TryFind(request, out var call))
            return;

        call.Connected();
        failures.Succeeded(new DnsEndPoint(request.RequestUri!.IdnHost, request.RequestUri.Port));
    }
}
