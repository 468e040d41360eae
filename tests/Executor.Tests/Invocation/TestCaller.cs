using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>The caller with the connections that the engine uses.</summary>
internal sealed class TestCaller : IDisposable
{
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;
    private readonly AppCaller _caller;

    /// <param name="options">Options; the defaults are those of production.</param>
    /// <param name="resolve">Finds the addresses of a host in place of DNS.</param>
    /// <param name="configure">Changes the connections, for example whose certificates are trusted.</param>
    public TestCaller(EngineOptions? options = null, Func<string, IPAddress[]>? resolve = null, Action<SocketsHttpHandler>? configure = null)
        : this(resolve is null ? AppConnections.CreateHandler() : AppConnections.CreateHandler((host, _) => Task.FromResult(resolve(host))), options) =>
        configure?.Invoke(_handler);

    /// <param name="handler">The connections.</param>
    /// <param name="options">Options; the defaults are those of production.</param>
    public TestCaller(SocketsHttpHandler handler, EngineOptions? options = null)
    {
        _handler = handler;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _caller = new AppCaller(_http, Time, options ?? new EngineOptions());
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

    public static Run NewRun(string data = "{}") => Starting.Create(
        RunId.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV"), FunctionId.Parse("shop-f"), "01ARZ3NDEKTSV4RRFFQ69G5FAW",
        [RawJson.FromString($$$"""{"data":{{{data}}},"id":"mine","name":"a","ts":1,"user":{}}""")], 5, new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(30));

    public Task<AppAnswer> CallAsync(Uri url, StepKey? item = null, Run? run = null, int attempt = 0, CancellationToken cancellationToken = default) =>
        _caller.CallAsync(new AppCall(url, run ?? NewRun(), item ?? StepKey.Discovery, attempt), cancellationToken);

    /// <summary>Calls an app that is expected to be of no use, and returns the error's sentence.</summary>
    public async Task<string> BrokenAsync(Uri url) => MessageOf(Assert.IsType<AppAnswer.Broken>(await CallAsync(url)).Error);

    public async Task<AppAnswer> CallAsync(LocalApp.Reply reply)
    {
        await using var app = LocalApp.Of(reply);
        return await CallAsync(app.Url);
    }

    public static string MessageOf(RawJson error) => Member(error, "message");

    public static string NameOf(RawJson error) => Member(error, "name");

    public void Dispose() => _http.Dispose();

    private static string Member(RawJson error, string name)
    {
        using var document = JsonDocument.Parse(error.Utf8);
        return document.RootElement.GetProperty(name).GetString()!;
    }
}
