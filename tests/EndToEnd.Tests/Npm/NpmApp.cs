using System.Net;
using System.Text.Json;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>The Node app of <c>tests/InngestApp</c> as a process, serving its functions by one or more of the shipped SDKs.</summary>
internal sealed class NpmApp : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http = new();
    private readonly object _settings;
    private ServerProcess _process;

    private NpmApp(Uri executor, int port, string framework, NpmClient[] clients)
    {
        _settings = new { executor = executor.ToString(), ledger = Ledger.Path, port, framework, clients };
        Url = new Uri($"http://127.0.0.1:{port}/");
        _process = Run();
    }

    public Ledger Ledger { get; } = new();

    public Uri Url { get; }

    public string Output => _process.Output;

    /// <summary>Starts one, waits until it listens, and does not register it.</summary>
    public static Task<NpmApp> StartAsync(Uri executor, int port, params NpmClient[] clients) => StartAsync(executor, port, "express", clients);

    /// <summary>Starts one behind a web framework.</summary>
    public static async Task<NpmApp> StartAsync(Uri executor, int port, string framework, params NpmClient[] clients)
    {
        await NodeModules.EnsureAsync(Folder);
        var app = new NpmApp(executor, port, framework, clients);
        await app.WaitUntilListeningAsync();
        return app;
    }

    /// <summary>Where a client's functions are served.</summary>
    public Uri Serve(NpmClient client) => new(Url, $"api/{client.Id}");

    /// <summary>Asks the app to register, as a deployment does. Returns its answer.</summary>
    public async Task<(HttpStatusCode Status, string Text)> RegisterAsync(NpmClient client, string query = "")
    {
        using var answer = await _http.PutAsync(new Uri(Serve(client) + query), null);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Posts JSON to a path of the app and returns the JSON of its answer.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body, s_json), System.Text.Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(Url, path), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}\n{Output}");
        return JsonDocument.Parse(text).RootElement;
    }

    public Task WaitUntilEndedAsync() => Eventually.BecomesTrueAsync(() => Task.FromResult(_process.HasExited), () => $"The app still runs:\n{Output}");

    public Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Run();
        return WaitUntilListeningAsync();
    }

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
        Ledger.Dispose();
    }

    private static string Folder => Path.Combine(Repository.Root, "tests", "InngestApp");

    private ServerProcess Run() => ServerProcess.OfNode(Path.Combine(Folder, "app.mjs"), JsonSerializer.Serialize(_settings, s_json));

    private Task WaitUntilListeningAsync() => Eventually.BecomesTrueAsync(
        () =>
        {
            Assert.False(_process.HasExited, $"The app has ended:\n{Output}");
            return Task.FromResult(Output.Contains("Listening at", StringComparison.Ordinal));
        },
        () => $"The app does not listen:\n{Output}");
}
