using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>Passes bytes on between a port of its own and another, until it falls silent: then its connections stay open, and nothing comes through.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly int _target;
    private readonly Task _accepting;
    private volatile bool _silent;

    public Wire(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public void FallSilent() => _silent = true;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _connections.Add(ConnectAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
    }

    private async Task ConnectAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _closing.Token);
            await Task.WhenAny(PassOnAsync(client.GetStream(), server.GetStream()), PassOnAsync(server.GetStream(), client.GetStream()));
        }
    }

    private async Task PassOnAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _closing.Token) is > 0 and var count)
        {
            if (!_silent)
                await to.WriteAsync(buffer.AsMemory(0, count), _closing.Token);
        }
    }
}
