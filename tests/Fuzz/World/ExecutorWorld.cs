using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Api;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Ids;

namespace Stepwell.Fuzz.Tests.World;

/// <summary>A whole executor over storage in memory: its API, its engine, and an app that answers as it is told. It is new for each case, so that a case can be tried alone.</summary>
internal sealed class ExecutorWorld : IAsyncDisposable
{
    public const string AppUrl = "http://app.example/api/stepwell";

    private static readonly ImmutableArray<(string, string)> s_sdkHeaders = [("x-inngest-sdk", "test:v1"), ("x-inngest-req-version", "2")];

    private readonly ServiceProvider _services;

    public ExecutorWorld(ApiOptions? options = null)
    {
        // Nothing is waited for in process: the clock goes on only between messages.
        var engine = new EngineOptions { CommitLinger = TimeSpan.Zero, Patience = TimeSpan.Zero, NextJitter = () => 0, RetryInterval = TimeSpan.FromSeconds(30) };
        var http = new HttpClient(new StubbedHttp(_ => Answer()));
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Log));
        services.AddSingleton<TimeProvider>(Time);
        services.AddInMemoryStorage();
        services.AddStepwellEngine(engine);
        services.AddStepwellApi(options ?? new ApiOptions { IsDev = true });
        services.AddSingleton<IAppCalls>(new AppCaller(http, Time, engine));
        services.AddSingleton<IGatewayCalls>(new GatewayCaller(http, Time, engine));
        services.AddSingleton(provider => new AppSync(http, provider.GetRequiredService<SyncApp>(), engine, Time));
        _services = services.BuildServiceProvider();
        Storage = _services.GetRequiredService<InMemoryStorage>();
    }

    public static HttpAnswer Returned { get; } = new(200, s_sdkHeaders, "null"u8.ToArray());

    public static HttpAnswer Sleeps { get; } = new(206, s_sdkHeaders, """[{"id":"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8","op":"Sleep","name":"1h"}]"""u8.ToArray());

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

    public KeptProblems Log { get; } = new();

    public InMemoryStorage Storage { get; }

    /// <summary>What the app answers next, and what every other place answers.</summary>
    public Func<HttpAnswer> Answer { get; set; } = () => Returned;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async Task<ApiAnswer> AskAsync(
        string method, string path, byte[]? body = null, IReadOnlyDictionary<string, string>? query = null, IReadOnlyDictionary<string, string>? headers = null) =>
        await AskAsync(method, path, body ?? [], name => query?.GetValueOrDefault(name), name => headers?.GetValueOrDefault(name));

    public async Task<ApiAnswer> AskAsync(string method, string path, byte[] body, Func<string, string?> query, Func<string, string?> headers) =>
        new(await Get<ExecutorApi>().HandleAsync(new ApiRequest(method, path, query, headers, body), CancellationToken.None));

    /// <summary>Registers the function <c>shop-order</c>, which the event <c>shop/order</c> starts.</summary>
    public async Task RegisterAsync()
    {
        const string Function = $$"""
            {"id":"shop-order","name":"Order","triggers":[{"event":"shop/order"}],
             "steps":{"step":{"id":"step","name":"step","runtime":{"type":"http","url":"{{AppUrl}}?fnId=shop-order&stepId=step"},"retries":{"attempts":1} } } }
            """;
        var answer = await AskAsync("POST", "/fn/register", Encoding.UTF8.GetBytes($$"""{"url":"{{AppUrl}}","appName":"shop","sdk":"test:v1","functions":[{{Function}}]}"""));
        Assert.Equal(200, answer.Status);
    }

    /// <summary>Starts a run of <c>shop-order</c>.</summary>
    public async Task<RunId> StartAsync()
    {
        var sent = await AskAsync("POST", "/e/key", """{"name":"shop/order","data":{"customer":"u1"}}"""u8.ToArray());
        var found = Assert.IsType<ReadEventOutcome.Found>(await Storage.Events.ReadAsync(sent.Json.GetProperty("ids")[0].GetString()!, CancellationToken.None));
        return Assert.Single(found.Event.Runs).Run;
    }

    /// <summary>Handles what can be received, and lets the time pass until the next can be, at most so many deliveries.</summary>
    public async Task WorkAsync(int most)
    {
        for (var handled = 0; handled < most && Storage.Queue.NextVisibleAt is { } next; handled++)
        {
            if (next > Time.GetUtcNow())
                Time.Advance(next - Time.GetUtcNow());

            foreach (var delivery in await Storage.Queue.ReceiveAsync(0, 1, TimeSpan.FromSeconds(30), CancellationToken.None))
                await Get<AdvanceRun>().HandleAsync(delivery, CancellationToken.None);
        }
    }

    /// <summary>The run as it is stored.</summary>
    public async Task<Run> RunAsync(RunId id) => Assert.IsType<ReadRunOutcome.Found>(await Storage.Runs.ReadAsync(id, CancellationToken.None)).Run;

    /// <summary>All events that are stored.</summary>
    public Task<ImmutableArray<StoredEvent>> EventsAsync() => Storage.Events.ListAsync(new EventQuery(int.MaxValue, null, null, null, null), CancellationToken.None);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
