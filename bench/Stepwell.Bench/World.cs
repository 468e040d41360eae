using System.Text;
using System.Text.Json;
using Stepwell.Bench.Apps;
using Stepwell.Bench.Executor;
using Stepwell.Testing.Azurite;

namespace Stepwell.Bench;

/// <summary>An executor on empty storage and an app that is registered with it: each scenario gets its own.</summary>
internal sealed class World : IAsyncDisposable
{
    // Longer than anything that is written behind the back of a run takes to be written.
    private static readonly TimeSpan s_calm = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly IAsyncDisposable _app;
    private int _lastNumber;

    private World(ExecutorProcess executor, IAsyncDisposable app, Reports reports)
    {
        Executor = executor;
        _app = app;
        Reports = reports;
    }

    public ExecutorProcess Executor { get; }

    public Reports Reports { get; }

    public static async Task<World> StartAsync(string storage, AppKind kind, CancellationToken cancellationToken)
    {
        var executor = await ExecutorProcess.StartAsync(storage, cancellationToken);
        try
        {
            var reports = new Reports();
            var app = await kind.StartAsync(executor.Url, reports, cancellationToken);
            var world = new World(executor, app, reports);
            await executor.AwaitFunctionAsync("bench-sequence", cancellationToken);
            return world;
        }
        catch
        {
            await executor.DisposeAsync();
            throw;
        }
    }

    /// <summary>Numbers that no other event has.</summary>
    public int[] NewNumbers(int count)
    {
        var last = Interlocked.Add(ref _lastNumber, count);
        return [.. Enumerable.Range(last - count + 1, count)];
    }

    /// <summary>Sends one event a number, all in one request. Returns when they are accepted.</summary>
    public async Task SendAsync(string name, int[] numbers, Action<Utf8JsonWriter> writeData, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Write(name, numbers, writeData));
        content.Headers.ContentType = new("application/json") { CharSet = Encoding.UTF8.WebName };
        await Executor.SendAsync(content, cancellationToken);
    }

    /// <summary>Awaits that a function has returned and that its run is completed.</summary>
    public async Task AwaitCompletedAsync(int number, CancellationToken cancellationToken)
    {
        var returned = await ReportAsync(Report.Returned, number, cancellationToken);
        await Executor.AwaitCompletedAsync(returned.RunId, cancellationToken);
    }

    public async Task<Report> ReportAsync(string what, int number, CancellationToken cancellationToken)
    {
        var report = Reports.NextAsync(what, number, cancellationToken);
        if (await Task.WhenAny(report, Task.Delay(TimeSpan.FromMinutes(10), cancellationToken)) == report)
            return await report;

        cancellationToken.ThrowIfCancellationRequested();
        throw new BenchException(Executor.Describe($"Run {number} has not told '{what}' in ten minutes"));
    }

    /// <summary>The counters once nothing causes requests any more: as they were when the last one was made.</summary>
    public async Task<Counters> CalmCountersAsync(CancellationToken cancellationToken)
    {
        var last = await Executor.ReadCountersAsync(cancellationToken);
        var since = TimeProvider.System.GetTimestamp();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var now = await Executor.ReadCountersAsync(cancellationToken);
                if (now.Caused != last.Caused)
                    (last, since) = (now, TimeProvider.System.GetTimestamp());

                return TimeProvider.System.GetElapsedTime(since) >= s_calm;
            },
            () => Executor.Describe("The executor does not come to rest"),
            s_patience);
        return last;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Executor.DisposeAsync();
    }

    private static byte[] Write(string name, int[] numbers, Action<Utf8JsonWriter> writeData)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var number in numbers)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteStartObject("data");
                writer.WriteNumber("number", number);
                writeData(writer);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return buffer.ToArray();
    }
}
