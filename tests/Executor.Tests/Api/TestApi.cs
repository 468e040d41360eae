using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Api;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.InMemory;

namespace Stepwell.Executor.Tests.Api;

/// <summary>The API over storage in memory, asked as a server would ask it.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    public const string AppUrl = "http://127.0.0.1:9400/api/stepwell";

    private readonly ServiceProvider _services;

    public TestApi(ApiOptions? options = null, Action<IServiceCollection>? change = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Log));
        services.AddSingleton<TimeProvider>(Time);
        services.AddInMemoryStorage();
        services.AddStepwellEngine(new EngineOptions());
        services.AddStepwellApi(options ?? new ApiOptions { IsDev = true });
        change?.Invoke(services);
        _services = services.BuildServiceProvider();
        Handler = _services.GetRequiredService<ExecutorApi>();
        Storage = _services.GetRequiredService<InMemoryStorage>();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

    public KeptLog Log { get; } = new();

    public ExecutorApi Handler { get; }

    public InMemoryStorage Storage { get; }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Task<Answer> GetAsync(string target, params (string Name, string Value)[] headers) => SendAsync("GET", target, "", headers);

    public Task<Answer> PostAsync(string target, string body, params (string Name, string Value)[] headers) => SendAsync("POST", target, body, headers);

    public Task<Answer> SendAsync(string method, string target, string body = "", params (string Name, string Value)[] headers) =>
        SendAsync(method, target, Encoding.UTF8.GetBytes(body), headers);

    public async Task<Answer> SendAsync(string method, string target, byte[] body, params (string Name, string Value)[] headers)
    {
        var parts = target.Split('?', 2);
        var query = parts.Length == 1
            ? []
            : parts[1].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        var sent = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        var response = await Handler.HandleAsync(
            new ApiRequest(method, parts[0], name => query.GetValueOrDefault(name), name => sent.GetValueOrDefault(name), body), CancellationToken.None);
        return new Answer(response.Status, Encoding.UTF8.GetString(response.Body.Span));
    }

    /// <summary>Registers functions of an app <c>shop</c>, each named after the event that starts it: <c>a/b</c> starts <c>shop-a-b</c>.</summary>
    public async Task RegisterAsync(params string[] eventNames)
    {
        var answer = await PostAsync("/fn/register", Registration(string.Join(',', eventNames.Select(name => Function($"shop-{name.Replace('/', '-')}", name)))));
        Assert.Equal(200, answer.Status);
    }

    public static string Registration(string functions, string app = "shop", string url = AppUrl) =>
        $$"""{"url":"{{url}}","deployType":"ping","framework":"test","appName":"{{app}}","sdk":"test:v1","v":"0.1","functions":[{{functions}}]}""";

    /// <param name="id">The composite id.</param>
    /// <param name="eventName">The event that starts it.</param>
    /// <param name="more">More members, each with a comma in front.</param>
    public static string Function(string id, string eventName, string more = "") =>
        $$$$"""{"id":"{{{{id}}}}","name":"{{{{id}}}}","triggers":[{"event":"{{{{eventName}}}}"}],"steps":{"step":{"id":"step","name":"step","runtime":{"type":"http","url":"{{{{AppUrl}}}}?fnId={{{{id}}}}&stepId=step"}}}{{{{more}}}}}""";

    /// <summary>The bodies of all messages that are in the queue and not hidden.</summary>
    public async Task<WorkMessage[]> MessagesAsync()
    {
        var received = new List<Delivery>();
        while (await Storage.Queue.ReceiveAsync(0, 32, TimeSpan.FromHours(1), CancellationToken.None) is { IsEmpty: false } more)
            received.AddRange(more);

        return [.. received.Select(delivery => WorkMessageText.TryRead(delivery.Body, out var message, out var problem) ? message : throw new InvalidOperationException(problem))];
    }

    /// <summary>Every row of the live index.</summary>
    public async Task<LiveEntry[]> LiveAsync() => [.. await Storage.Live.DueAsync(DateTimeOffset.MaxValue, 1_000, CancellationToken.None)];

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    internal sealed record Answer(int Status, string Text)
    {
        public JsonElement Json => JsonDocument.Parse(Text).RootElement;

        public JsonElement Data => Json.GetProperty("data");

        public string Error => Json.GetProperty("error").GetString()!;

        public string[] Ids => [.. Json.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!)];
    }
}
