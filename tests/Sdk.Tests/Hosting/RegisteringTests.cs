using System.Text.Json;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Hosting;

/// <summary>An app registers when it starts, as soon as the executor can be reached.</summary>
public class RegisteringTests
{
    private const string Registered = """{"ok":true,"modified":true}""";

    [Fact]
    public async Task Once_it_listens_it_tells_the_executor_where()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Registered));
        await using var app = await HostedApp.StartAsync(new StepwellClient("shop", executor.Dev));

        Assert.Equal($"The functions at {app.Http.BaseAddress}api/stepwell are registered.", await app.Log.LineAsync("are registered"));

        using var body = JsonDocument.Parse(Assert.Single(executor.Requests).Body);
        Assert.Equal($"{app.Http.BaseAddress}api/stepwell", body.RootElement.GetProperty("url").GetString());
    }

    [Theory]
    [InlineData(503, "", "The executor's answer is no JSON object: ''")]
    [InlineData(400, """{"error":"functions[0].name is missing","status":400}""", "functions[0].name is missing")]
    [InlineData(200, """{"ok":""", "The executor's answer is no JSON object: '{\"ok\":'")]
    [InlineData(0, "", "it cannot be reached")]
    public async Task It_tries_until_the_executor_has_taken_it_and_says_once_what_is_wrong(int status, string body, string problem)
    {
        await using var executor = await RecordingServer.StartAsync((_, number) => number < 5 ? (status, body) : (200, Registered));
        var time = new ImpatientTime();
        await using var app = await HostedApp.StartAsync(new StepwellClient("shop", executor.Dev), time: time);

        await app.Log.LineAsync("are registered");

        var complaint = Assert.Single(app.Log.Lines, line => line.StartsWith("The executor has not registered", StringComparison.Ordinal));
        Assert.Contains(problem, complaint, StringComparison.Ordinal);
        Assert.Equal(6, executor.Requests.Count);
        Assert.Equal([1, 2, 4, 8, 16], time.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task An_app_that_serves_nothing_says_so_and_tells_nobody()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Registered));
        await using var app = await HostedApp.StartAsync(new StepwellClient("shop", executor.Dev), path: null);

        Assert.Contains("app.MapStepwell", await app.Log.LineAsync("No functions are served"), StringComparison.Ordinal);
        Assert.Empty(executor.Requests);
    }

    [Fact]
    public async Task Stopping_ends_the_attempts()
    {
        var app = await HostedApp.StartAsync(new StepwellClient("shop", new StepwellOptions { IsDev = true, BaseUrl = new Uri("http://127.0.0.1:1") }));
        await app.Log.LineAsync("has not registered");

        await app.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("BackgroundService failed", StringComparison.Ordinal));
    }
}
