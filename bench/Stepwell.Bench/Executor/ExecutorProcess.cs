using System.Globalization;
using Stepwell.Testing.Azurite;

namespace Stepwell.Bench.Executor;

/// <summary>An executor of its own on empty storage, seen from outside: by its API and its counters.</summary>
internal sealed class ExecutorProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new();
    private readonly ChildProcess _process;
    private readonly Uri _watch;

    private ExecutorProcess(int port, int watch, string storage)
    {
        Url = new Uri($"http://127.0.0.1:{port}/");
        _watch = new Uri($"http://127.0.0.1:{watch}/");
        // The settings of the runtime are those of the program that ships, for example which garbage collector it takes.
        var program = typeof(ExecutorProcess).Assembly.Location;
        string[] arguments =
        [
            "exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Stepwell.Executor.Server.runtimeconfig.json"), "--depsfile", Path.ChangeExtension(program, ".deps.json"), program,
            BenchExecutor.Verb, watch.ToString(CultureInfo.InvariantCulture),
            "--dev", "--port", port.ToString(CultureInfo.InvariantCulture), "--storage", storage, "--storage-prefix", $"b{Guid.NewGuid():N}"[..16],
        ];
        _process = new ChildProcess("dotnet", arguments, _ => { });
    }

    public Uri Url { get; }

    public static async Task<ExecutorProcess> StartAsync(string storage, CancellationToken cancellationToken)
    {
        var executor = new ExecutorProcess(FreePort.Take(), FreePort.Take(), storage);
        await Eventually.BecomesTrueAsync(() => executor.IsHealthyAsync(cancellationToken), () => executor.Describe("The executor does not answer"), s_patience);
        return executor;
    }

    /// <summary>A sentence with the end of what the executor printed.</summary>
    public string Describe(string problem) => $"{problem}; the last that the executor printed:\n{_process.LastLines}";

    /// <summary>Sends events in one request; returns when they are accepted.</summary>
    public async Task SendAsync(HttpContent events, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsync(new Uri(Url, "e/bench"), events, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException(Describe($"Events were answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}"));
    }

    /// <summary>Returns when a run is durably completed.</summary>
    public async Task AwaitCompletedAsync(string runId, CancellationToken cancellationToken)
    {
        var status = await _http.GetStringAsync(new Uri(_watch, $"{BenchExecutor.EndedPath}{runId}"), cancellationToken);
        if (status != "Completed")
            throw new BenchException(Describe($"The run {runId} did not complete, but ended as {status}"));
    }

    public Task AwaitFunctionAsync(string id, CancellationToken cancellationToken) => Eventually.BecomesTrueAsync(
        async () =>
        {
            var dev = await _http.GetFromJsonAsync(new Uri(Url, "dev"), BenchJson.Default.JsonElement, cancellationToken);
            return dev.GetProperty("functions").EnumerateArray().Any(function => function.GetProperty("id").ValueEquals(id));
        },
        () => Describe($"The function {id} is not registered"),
        s_patience);

    public async Task<Counters> ReadCountersAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync(new Uri(_watch, BenchExecutor.CountersPath), BenchJson.Default.Counters, cancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        if (_process.HasExited)
            throw new BenchException(Describe("The executor has ended"));

        try
        {
            using var answer = await _http.GetAsync(new Uri(Url, "health"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }
}
