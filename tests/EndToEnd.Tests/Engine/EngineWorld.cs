using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stepwell.AspNetCore;
using Stepwell.Executor.Api;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Server;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Engine;

/// <summary>The engine on a real Azurite and an app behind real HTTP, without a pump: the test receives the messages, so that every request is one it caused.</summary>
internal sealed class EngineWorld : IAsyncDisposable
{
    private readonly ServiceProvider _executor;
    private const int Workers = 100;

    private readonly ConcurrentQueue<Task> _working = new();
    private readonly LocalWorkers _workers;
    private readonly WebApplication _api;
    private readonly WebApplication _app;
    private readonly IReadOnlyDictionary<string, string> _settings;

    private EngineWorld(ServiceProvider executor, LocalWorkers workers, WebApplication api, WebApplication app, CommitCounter commits, RequestCounter requests, IReadOnlyDictionary<string, string> settings)
    {
        _executor = executor;
        _workers = workers;
        _api = api;
        _app = app;
        Commits = commits;
        Requests = requests;
        _settings = settings;
    }

    public RequestCounter Requests { get; }

    public CommitCounter Commits { get; }

    public IWorkQueue Queue => _executor.GetRequiredService<IWorkQueue>();

    public IWaitStore Waits => _executor.GetRequiredService<IWaitStore>();

    /// <summary>Starts one.</summary>
    /// <param name="connectionString">The storage.</param>
    /// <param name="createApp">Makes the app, given the address where the executor takes checkpoints.</param>
    /// <param name="options">How the engine behaves.</param>
    /// <param name="prefix">What the names in the storage begin with; by default it is empty storage.</param>
    /// <param name="time">The engine's clock.</param>
    /// <param name="settings">What functions ask for besides their steps: members of their registration, by the function's id.</param>
    /// <param name="registers">Whether the app registers at its start.</param>
    public static async Task<EngineWorld> StartAsync(
        string connectionString,
        Func<Uri, StepwellClient> createApp,
        EngineOptions? options = null,
        string? prefix = null,
        TimeProvider? time = null,
        IReadOnlyDictionary<string, string>? settings = null,
        bool registers = true)
    {
        var requests = new RequestCounter();
        var workers = new LocalWorkers(Workers);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddAzureStorage(storage =>
        {
            storage.ConnectionString = connectionString;
            storage.Prefix = prefix ?? AzuriteFixture.NewPrefix();
            storage.Policies.Add(requests);
        });
        var commits = CommitCounter.Around(services);
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<ILocalWorkers>(workers);
        services.AddStepwellEngine(options ?? new EngineOptions());
        services.AddStepwellApi(new ApiOptions { IsDev = true });
        var executor = services.BuildServiceProvider();

        // Nothing else, or the app would register by itself, with other settings.
        var api = await ServeAsync(
            web => web.AddSingleton(executor.GetRequiredService<ExecutorApi>()), web => web.MapPost("/v1/checkpoint/{id}/async", ApiRequests.HandleAsync));
        var app = await ServeAsync(web => web.AddStepwell(createApp(new Uri(api.Urls.First()))), web => web.MapStepwell("/api/stepwell"));
        var world = new EngineWorld(executor, workers, api, app, commits, requests, settings ?? ImmutableDictionary<string, string>.Empty);
        if (registers)
            await world.RegisterAsync();

        return world;
    }

    /// <summary>Sends an event and returns its id.</summary>
    public async Task<string> SendAsync(string json)
    {
        using var sent = await RequestAsync("POST", "/e/test", json);
        return sent.RootElement.GetProperty("ids")[0].GetString()!;
    }

    /// <summary>The one run that an event started, with its steps.</summary>
    public async Task<JsonElement> RunOfAsync(string eventId)
    {
        using var runs = await RequestAsync("GET", $"/v1/events/{eventId}/runs");
        var id = Assert.Single(runs.RootElement.GetProperty("data").EnumerateArray()).GetProperty("run_id").GetString();
        using var run = await RequestAsync("GET", $"/v1/runs/{id}");
        return run.RootElement.GetProperty("data").Clone();
    }

    /// <summary>Receives what is there and works on it, all at once, until the queue gives nothing more. Returns the number of messages.</summary>
    public async Task<int> WorkAsync()
    {
        var handled = 0;
        while (true)
        {
            while (_working.TryDequeue(out var working))
                await working;

            var received = await Queue.ReceiveAsync(0, 32, TimeSpan.FromSeconds(30), CancellationToken.None);
            if (received.IsEmpty)
                return handled;

            handled += received.Length;
            var advance = _executor.GetRequiredService<AdvanceRun>();
            await Task.WhenAll(received.Select(delivery => advance.HandleAsync(delivery, CancellationToken.None)));
        }
    }

    /// <summary>From now on runs are worked on where they are created, as by the server; otherwise everything goes through the queue, as in Azure Functions.</summary>
    public void WorkHere() => _workers.Open(created => _working.Enqueue(WorkAsync(created)), CancellationToken.None);

    /// <summary>One pass of the sweep.</summary>
    public Task SweepAsync() => _executor.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _executor.GetRequiredService<LocalStarts>().CloseAsync();
        _workers.Dispose();
        await _app.DisposeAsync();
        await _api.DisposeAsync();
        await _executor.DisposeAsync();
    }

    /// <summary>Registers the app, as it does at its start and whenever it is asked.</summary>
    public async Task RegisterAsync()
    {
        var client = _app.Services.GetRequiredService<StepwellClient>();
        var url = $"{_app.Urls.First()}/api/stepwell";
        var functions = client.AllFunctions.Select(function => $$$"""
            {"id":"{{{client.AppId}}}-{{{function.Options.Id}}}","name":"{{{function.Options.Id}}}","triggers":[{"event":"{{{function.Options.Triggers[0].Event}}}"}],
             "steps":{"step":{"id":"step","name":"step","runtime":{"type":"http","url":"{{{url}}}?fnId={{{client.AppId}}}-{{{function.Options.Id}}}&stepId=step"},"retries":{"attempts":{{{function.Options.Retries}}} } } } {{{(_settings.TryGetValue(function.Options.Id, out var more) ? $",{more}" : "")}}} }
            """);
        using var registered = await RequestAsync("POST", "/fn/register", $$"""{"url":"{{url}}","appName":"{{client.AppId}}","sdk":"test","functions":[{{string.Join(',', functions)}}]}""");
    }

    private static async Task<WebApplication> ServeAsync(Action<IServiceCollection> addServices, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        addServices(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    private async Task WorkAsync(ReadRunOutcome.Found created)
    {
        await Task.Yield();
        await _executor.GetRequiredService<AdvanceRun>().StartAsync(created, CancellationToken.None);
        _workers.Release();
    }

    /// <summary>Asks the executor's API, which must answer 200.</summary>
    public async Task<JsonDocument> RequestAsync(string method, string path, string body = "")
    {
        var answer = await AskAsync(method, path, body);
        Assert.True(answer.Status == 200, $"{method} {path} was answered {answer.Status}: {Encoding.UTF8.GetString(answer.Body.Span)}");
        return JsonDocument.Parse(answer.Body);
    }

    /// <summary>Asks the executor's API.</summary>
    public Task<ApiResponse> AskAsync(string method, string path, string body = "") => _executor.GetRequiredService<ExecutorApi>()
        .HandleAsync(new ApiRequest(method, path, _ => null, _ => null, Encoding.UTF8.GetBytes(body)), CancellationToken.None);
}
