using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Stepwell.Executor.Invocation;

/// <summary>Finds the addresses of an app and reaches one of them, unless nothing is to be called there.</summary>
/// <param name="resolve">Finds the addresses of a host.</param>
/// <param name="times">How long it may take.</param>
internal sealed class AppSockets(Func<string, CancellationToken, Task<IPAddress[]>> resolve, ConnectTimes times)
{
    /// <exception cref="HttpRequestException">It took too long, or the address is refused.</exception>
    /// <exception cref="SocketException">The host has no address, or none of them could be reached.</exception>
    /// <exception cref="OperationCanceledException">The token has fired; the exception names it.</exception>
    public async Task<Socket> ConnectAsync(DnsEndPoint app, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(times.Reaching, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ReachAsync(app, either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // By its own token the pool knows that it was its own timeout.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"no connection was made within {times.Reaching.TotalSeconds:0} s"));
        }
    }

    private async Task<Socket> ReachAsync(DnsEndPoint app, CancellationToken cancellationToken)
    {
        // On Linux the system's resolver does not heed the token.
        var addresses = await resolve(app.Host, cancellationToken).WaitAsync(cancellationToken);
        var allowed = addresses.Where(address => !RefusedAddresses.Covers(address)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException($"'{app.Host}' is a link-local or metadata address ({string.Join(", ", addresses.AsEnumerable())}); nothing is called there");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, app.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
