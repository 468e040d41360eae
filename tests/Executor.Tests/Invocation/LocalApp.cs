using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>An HTTP server on this machine that answers byte for byte what the test says, whether that is HTTP or not.</summary>
internal sealed class LocalApp : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<Received, Stream, CancellationToken, Task<bool>> _answer;
    private readonly Task _accepting;
    private int _accepted;

    /// <param name="answer">Writes the answer of a request, and returns whether the connection stays open.</param>
    public LocalApp(Func<Received, Stream, CancellationToken, Task<bool>> answer)
    {
        _answer = answer;
        _listener.Start();
        Origin = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    /// <summary>Answers every request the same.</summary>
    public static LocalApp Of(Reply reply) => new(async (_, stream, cancel) =>
    {
        await stream.WriteAsync(reply.ToBytes(), cancel);
        return true;
    });

    /// <summary>Answers every request by itself.</summary>
    public static LocalApp Of(Func<Received, Reply> reply) => new(async (request, stream, cancel) =>
    {
        await stream.WriteAsync(reply(request).ToBytes(), cancel);
        return true;
    });

    public string Origin { get; }

    public Uri Url => new($"{Origin}/api/stepwell?fnId=shop-f&stepId=step");

    /// <summary>The number of connections that were made.</summary>
    public int Connections => _accepted;

    public ConcurrentQueue<Received> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        // Until it has ended, connections are added.
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_closing.Token);
            Interlocked.Increment(ref _accepted);
            _connections.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            while (await ReadAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                if (!await _answer(request, stream, _closing.Token))
                    return;
            }
        }
    }

    private async Task<Received?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _closing.Token) == 0)
                return null;

            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _closing.Token);
        return new Received(lines[0], headers, body);
    }

    internal sealed record Received(string Line, IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public string Target => Line.Split(' ')[1];

        public string Text => Encoding.UTF8.GetString(Body);
    }

    /// <summary>An answer in HTTP.</summary>
    internal sealed record Reply(int Status, byte[] Body, params (string Name, string Value)[] Headers)
    {
        /// <summary>An answer of an SDK.</summary>
        public static Reply OfApp(int status, string body, params (string Name, string Value)[] headers) =>
            new(status, Encoding.UTF8.GetBytes(body), [("content-type", "application/json"), ("x-inngest-sdk", "test:v1.0.0"), ("x-inngest-req-version", "2"), .. headers]);

        /// <summary>An answer of something else.</summary>
        public static Reply Of(int status, string body, params (string Name, string Value)[] headers) => new(status, Encoding.UTF8.GetBytes(body), headers);

        public byte[] ToBytes()
        {
            var head = new StringBuilder($"HTTP/1.1 {Status} Whatever\r\ncontent-length: {Body.Length}\r\n");
            foreach (var (name, value) in Headers)
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");

            return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. Body];
        }
    }
}
