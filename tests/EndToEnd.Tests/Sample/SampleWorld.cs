using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Sample;

/// <summary>The executor and the sample as processes, with a data folder of their own, on the storage that is given.</summary>
public sealed class SampleWorld : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly string[] _storageArguments;
    private readonly int _executorPort = FreePort();
    private readonly int _samplePort = FreePort();
    private readonly HttpClient _http;
    private readonly ServerProcess _sample;
    private ServerProcess _executor;

    private SampleWorld(string? connectionString, string data, IReadOnlyDictionary<string, string> settings)
    {
        Data = data;
        _storageArguments = connectionString is null ? [] : ["--storage", connectionString];
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_executorPort}/") };
        _sample = new ServerProcess(
            BuiltProgram.PathOf("samples/WaitingList", "Stepwell.Samples.WaitingList"),
            ["--contentRoot", Path.Combine(Repository.Root, "samples/WaitingList"), "--urls", $"http://127.0.0.1:{_samplePort}"],
            new Dictionary<string, string>(settings)
            {
                ["INNGEST_DEV"] = $"http://127.0.0.1:{_executorPort}",
                ["Sample__Folder"] = data,
            });
        _executor = StartExecutorProcess();
    }

    public string Data { get; }

    public string[] Mails => Directory.GetFiles(Path.Combine(Data, "outbox"), "*.eml");

    /// <summary>What the sample has really done, a line for each time.</summary>
    public string[] Journal => File.ReadAllLines(Path.Combine(Data, "journal.log"));

    public static async Task<SampleWorld> StartAsync(string? connectionString, params (string Name, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("stepwell-sample-").FullName;
        var world = new SampleWorld(
            connectionString, data, settings.ToDictionary(setting => "Sample__" + setting.Name, setting => setting.Value));
        return await world.WaitForRegistrationAsync();
    }

    public async Task<string> SendAsync(string name, object data)
    {
        var body = JsonSerializer.Serialize(new { name, data });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync("e/test", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("ids")[0].GetString()!;
    }

    public Task<SampleRun> WaitForEndAsync(string eventId) => WaitForAsync(eventId, run => run.Ended);

    public async Task<SampleRun> WaitForAsync(string eventId, Func<SampleRun, bool> condition)
    {
        SampleRun? last = null;
        return await EventuallyAsync(
            async () =>
            {
                var runs = await GetAsync($"v1/events/{eventId}/runs");
                if (runs.GetProperty("data") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
                    return null;
                var id = list[0].GetProperty("run_id").GetString();
                last = new SampleRun((await GetAsync($"v1/runs/{id}")).GetProperty("data"));
                return condition(last) ? last : null;
            },
            () => $"The run is {last}.");
    }

    public Task KillExecutorAsync() => _executor.KillAsync();

    public async Task StartExecutorAgainAsync()
    {
        _executor.Dispose();
        _executor = StartExecutorProcess();
        await WaitForRegistrationAsync();
    }

    public ValueTask DisposeAsync()
    {
        _executor.Dispose();
        _sample.Dispose();
        _http.Dispose();
        Directory.Delete(Data, recursive: true);
        return ValueTask.CompletedTask;
    }

    private ServerProcess StartExecutorProcess() => new(
        BuiltProgram.PathOf("src/Executor.Server", "Stepwell.Executor.Server"),
        ["--dev", "--port", $"{_executorPort}", .. _storageArguments, "--app", $"http://127.0.0.1:{_samplePort}/api/stepwell", "--retry-interval", "1"]);

    private Task<SampleWorld> WaitForRegistrationAsync() => EventuallyAsync(
        async () => (await _http.GetStringAsync(new Uri("dev", UriKind.Relative))).Contains($"http://127.0.0.1:{_samplePort}/", StringComparison.Ordinal) ? this : null,
        () => "The sample is not registered.");

    private async Task<JsonElement> GetAsync(string path)
    {
        await using var body = await _http.GetStreamAsync(new Uri(path, UriKind.Relative));
        return (await JsonDocument.ParseAsync(body)).RootElement;
    }

    private async Task<T> EventuallyAsync<T>(Func<Task<T?>> probe, Func<string> explain)
        where T : class
    {
        using var deadline = new CancellationTokenSource(s_patience);
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!deadline.IsCancellationRequested)
        {
            try
            {
                if (await probe() is { } found)
                    return found;
            }
            catch (HttpRequestException) when (!_executor.HasExited)
            {
                // It is still starting.
            }

            await pulse.WaitForNextTickAsync();
        }

        throw new TimeoutException($"{explain()}\nExecutor:\n{_executor.Output}\nSample:\n{_sample.Output}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
