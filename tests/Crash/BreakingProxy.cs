using System.Net;
using System.Net.Sockets;

namespace Stepwell.Crash.Tests;

/// <summary>
/// One address for several copies of a program. It gives each connection to one of those that listen; and while it breaks, it cuts most connections after a number of
/// bytes, wherever in a request or an answer that is.
/// </summary>
internal sealed class BreakingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<int> _ports;
    private readonly Random _random;
    private readonly Task _accepting;
    private volatile bool _breaks;
    private int _cuts;
    private int _next;

    public BreakingProxy(IReadOnlyList<int> ports, int seed)
    {
        _ports = ports;
        _random = new Random(seed);
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>How many connections were cut.</summary>
    public int Cuts => _cuts;

    /// <summary>Whether connections are cut from now on.</summary>
    public bool Breaks
    {
        get => _breaks;
        set => _breaks = value;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException && _stop.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        {
            using var server = await ConnectAsync();
            if (server is null)
                return;

            var cut = NextCut();
            var there = PumpAsync(client, server, cut.There);
            var back = PumpAsync(server, client, cut.Back);
            var ended = await Task.WhenAny(there, back);

            // The end of one direction ends the other: HTTP knows no half-open connections.
            if (await ended)
            {
                Interlocked.Increment(ref _cuts);
                client.LingerState = server.LingerState = new LingerOption(true, 0);
            }

            client.Close();
            server.Close();
            await Task.WhenAll(there, back);
        }
    }

    /// <summary>A connection to the next program that listens; null when none does.</summary>
    private async Task<TcpClient?> ConnectAsync()
    {
        for (var i = 0; i < _ports.Count; i++)
        {
            var port = _ports[(int)((uint)Interlocked.Increment(ref _next) % _ports.Count)];
            var server = new TcpClient { NoDelay = true };
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
                return server;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // This one is down.
                server.Dispose();
            }
        }

        return null;
    }

    /// <summary>Passes on what comes. Returns whether it cut the connection; otherwise one of the two ends did.</summary>
    private async Task<bool> PumpAsync(TcpClient from, TcpClient to, long most)
    {
        try
        {
            var (source, sink) = (from.GetStream(), to.GetStream());
            var buffer = new byte[16 * 1024];
            for (var passed = 0L; ;)
            {
                var read = await source.ReadAsync(buffer, _stop.Token);
                if (read == 0)
                    return false;

                var isCut = _breaks && passed + read > most;
                await sink.WriteAsync(buffer.AsMemory(0, isCut ? (int)Math.Max(0, most - passed) : read), _stop.Token);
                if (isCut)
                    return true;

                passed += read;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The process at one of the ends has died, or the other direction was cut.
            return false;
        }
    }

    /// <summary>After how many bytes each direction ends: mostly one of them, after 200 bytes to 200 kB, as often in the hundreds as in the tens of thousands.</summary>
    private (long There, long Back) NextCut()
    {
        lock (_random)
        {
            var bytes = (long)(200 * Math.Pow(1_000, _random.NextDouble()));
            return _random.Next(5) switch
            {
                0 => (long.MaxValue, long.MaxValue),
                1 or 2 => (bytes, long.MaxValue),
                _ => (long.MaxValue, bytes),
            };
        }
    }
}
