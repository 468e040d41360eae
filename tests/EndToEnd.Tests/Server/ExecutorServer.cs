using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stepwell.EndToEnd.Tests.Sample;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>The executor as a process. It keeps its port when it is started again.</summary>
public sealed class ExecutorServer : IAsyncDisposable
{
    /// <summary>The argument that runs it as a function app, under the host of the tests.</summary>
    public const string AsFunctions = "--as-functions";

    private readonly HttpClient _http;
    private ServerProcess _process;

    private ExecutorServer(int port, string[] arguments)
    {
        Port = port;
        Arguments = arguments;
        Url = new Uri($"http://127.0.0.1:{port}/");
        _http = new HttpClient { BaseAddress = Url };
        _process = Run();
    }

    public int Port { get; }

    public Uri Url { get; }

    public string Output => _process.Output;

    /// <summary>What it is started with, besides its port.</summary>
    public string[] Arguments { get; set; }

    /// <summary>The signing key whose bearer reads runs; null in development mode.</summary>
    public string? Bearer
    {
        set => _http.DefaultRequestHeaders.Authorization = value is null ? null : new AuthenticationHeaderValue("Bearer", value);
    }

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<ExecutorServer> StartAsync(params string[] arguments)
    {
        var server = Create(FreePort.Take(), arguments);
        await server.WaitUntilHealthyAsync();
        return server;
    }

    /// <summary>Starts one without waiting for it.</summary>
    public static ExecutorServer Create(int port, params string[] arguments) => new(port, arguments);

    public Task KillAsync() => _process.KillAsync();

    /// <summary>Asks it to stop and returns its exit code.</summary>
    public Task<int> StopAsync() => _process.TerminateAsync();

    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Run();
        await WaitUntilHealthyAsync();
    }

    public Task WaitUntilHealthyAsync() => Eventually.BecomesTrueAsync(
        async () =>
        {
            Assert.False(_process.HasExited, $"The executor has ended:\n{Output}");
            try
            {
                using var answer = await _http.GetAsync(new Uri("health", UriKind.Relative));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        () => $"The executor does not answer:\n{Output}");

    /// <summary>Sends an event and returns its id.</summary>
    public async Task<string> SendAsync(string name, object data, string key = "test")
    {
        var (status, text) = await PostAsync($"e/{key}", JsonSerializer.Serialize(new { name, data }));
        Assert.True(status == HttpStatusCode.OK, $"{status}: {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("ids")[0].GetString()!;
    }

    /// <summary>Sends so many events of one key, one after the other, numbered from 0. Returns their ids.</summary>
    public async Task<List<string>> SendNumberedAsync(string name, int count)
    {
        var key = Guid.NewGuid();
        var ids = new List<string>();
        for (var n = 0; n < count; n++)
            ids.Add(await SendAsync(name, new { n, key, p = 0 }));

        return ids;
    }

    /// <summary>The runs of events, each with one, in their order, when all have ended.</summary>
    public Task<SampleRun[]> WaitForEndsAsync(IEnumerable<string> eventIds) => Task.WhenAll(eventIds.Select(WaitForEndAsync));

    /// <summary>How many runs these events have started.</summary>
    public async Task<int> CountRunsAsync(IEnumerable<string> eventIds)
    {
        var counts = await Task.WhenAll(eventIds.Select(async id => JsonDocument.Parse((await GetAsync($"v1/events/{id}/runs")).Text).RootElement.GetProperty("data").GetArrayLength()));
        return counts.Sum();
    }

    public async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The registered functions by id, with the URL at which each is called.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FunctionsAsync()
    {
        var (status, text) = await GetAsync("dev");
        Assert.True(status == HttpStatusCode.OK, $"{status}: {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("functions").EnumerateArray()
            .ToDictionary(function => function.GetProperty("id").GetString()!, function => function.GetProperty("url").GetString()!);
    }

    public Task WaitForFunctionAsync(string id) => Eventually.BecomesTrueAsync(
        async () => (await FunctionsAsync()).ContainsKey(id), () => $"{id} is not registered:\n{Output}");

    public Task<SampleRun> WaitForEndAsync(string eventId) => WaitForAsync(eventId, run => run.Ended);

    /// <summary>The one run of an event, once it is as it should be.</summary>
    public async Task<SampleRun> WaitForAsync(string eventId, Func<SampleRun, bool> condition)
    {
        SampleRun? last = null;
        return await Eventually.GetAsync(
            async () =>
            {
                last = await FindRunAsync(eventId);
                return last is not null && condition(last) ? last : null;
            },
            () => $"The run is {last}.\n{Output}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Dispose();
        _http.Dispose();
        await ValueTask.CompletedTask;
    }

    private async Task<SampleRun?> FindRunAsync(string eventId)
    {
        var (_, runs) = await GetAsync($"v1/events/{eventId}/runs");
        if (JsonDocument.Parse(runs).RootElement.GetProperty("data") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            return null;

        var (_, run) = await GetAsync($"v1/runs/{list[0].GetProperty("run_id").GetString()}");
        return new SampleRun(JsonDocument.Parse(run).RootElement.GetProperty("data"));
    }

    private ServerProcess Run() => Arguments.Contains(AsFunctions)
        ? FunctionApp.Run("src/Executor.Functions", "Stepwell.Executor.Functions", Port, FunctionApp.SettingsOf(Arguments.Where(argument => argument != AsFunctions)))
        : new(BuiltProgram.PathOf("src/Executor.Server", "Stepwell.Executor.Server"), ["--port", $"{Port}", .. Arguments]);
}
