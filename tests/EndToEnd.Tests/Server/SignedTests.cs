using System.Net;
using Stepwell.EndToEnd.Tests.Sample;
using Stepwell.Protocol.Signing;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>With keys: who does not have them is not heard, and keys can be changed one side at a time.</summary>
public abstract class SignedTests
{
    private const string OldKey = "signkey-test-0123456789abcdef";
    private const string NewKey = "signkey-test-fedcba9876543210";

    /// <summary>The executor's arguments that choose its storage, which is empty, and its host.</summary>
    protected abstract string[] Storage { get; }

    [Fact]
    public async Task A_run_completes_between_an_executor_and_an_app_with_the_same_keys()
    {
        await using var world = await SampleWorld.StartAsync(
            [.. Storage, "--event-key", "events-42", "--signing-key", OldKey],
            url => new Dictionary<string, string>
            {
                ["INNGEST_BASE_URL"] = url.GetLeftPart(UriPartial.Authority),
                ["INNGEST_EVENT_KEY"] = "events-42",
                ["INNGEST_SIGNING_KEY"] = OldKey,
            },
            [],
            Bearer(OldKey));

        var run = await world.WaitForEndAsync(await world.Executor.SendAsync("products.import", new { }, "events-42"));

        Assert.True(run.Status == "Completed", run.ToString());
        Assert.Equal(6, run.Output.GetProperty("imported").GetInt32());
        Assert.Equal(6, world.Journal.Length);
    }

    [Fact]
    public async Task Who_has_not_the_keys_gets_401()
    {
        await using var executor = await StartAsync("--signing-key", OldKey);

        Assert.Equal(HttpStatusCode.Unauthorized, (await executor.PostAsync("e/wrong", """{"name":"a","data":{}}""")).Status);
        foreach (var key in (string?[])[null, NewKey])
        {
            executor.Bearer = key is null ? null : Bearer(key);
            Assert.Equal(HttpStatusCode.Unauthorized, (await executor.PostAsync("fn/register", "{}")).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await executor.GetAsync("v1/events")).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await executor.GetAsync("dev")).Status);
        }
    }

    [Fact]
    public async Task An_app_with_another_key_refuses_to_be_called_and_its_run_says_why()
    {
        await using var executor = await StartAsync("--signing-key", OldKey);
        executor.Bearer = Bearer(OldKey);
        await using var app = await HostedApp.StartAsync(Client(executor, NewKey), FreePort.Take());
        using var http = new HttpClient();
        using var unsigned = await http.PostAsync(app.Url, new StringContent("{}"));
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);

        // Somebody with the right key registers it, so that it is called with the wrong one.
        await ScriptedApp.RegisterAsync(executor, "signed", app.Url, retries: 0);
        var run = await executor.WaitForEndAsync(await executor.SendAsync("signed", new { }, "key"));

        Assert.Equal("Failed", run.Status);
        Assert.Contains($"POST {app.Url}", run.Output.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("its signing key and the executor's differ", run.Output.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_changed_first_in_the_app_then_in_the_executor_without_a_gap()
    {
        var port = FreePort.Take();
        await using var executor = await StartAsync("--signing-key", OldKey);
        executor.Bearer = Bearer(OldKey);
        await using (await HostedApp.StartAsync(Client(executor, NewKey, OldKey), port))
        {
            await executor.WaitForFunctionAsync("signed-do");
            await AssertRunsAsync(executor);

            Assert.Equal(0, await executor.StopAsync());
            executor.Arguments = [.. executor.Arguments.SkipLast(2), "--signing-key", NewKey, "--signing-key-fallback", OldKey, "--app", $"http://127.0.0.1:{port}/api/stepwell"];
            await executor.StartAgainAsync();
            await executor.WaitForFunctionAsync("signed-do");
            await AssertRunsAsync(executor);
        }

        executor.Bearer = Bearer(NewKey);
        await using var last = await HostedApp.StartAsync(Client(executor, NewKey), port);
        await AssertRunsAsync(executor);
    }

    private Task<ExecutorServer> StartAsync(params string[] arguments) =>
        ExecutorServer.StartAsync([.. Storage, "--event-key", "key", "--retry-interval", "1", .. arguments]);

    private static async Task AssertRunsAsync(ExecutorServer executor)
    {
        var run = await executor.WaitForEndAsync(await executor.SendAsync("signed", new { }, "key"));
        Assert.True(run.Status == "Completed", run.ToString());
    }

    private static StepwellClient Client(ExecutorServer executor, string key, string? fallback = null)
    {
        var client = new StepwellClient(
            "signed", new StepwellOptions { IsDev = false, BaseUrl = executor.Url, EventKey = "key", SigningKey = key, SigningKeyFallback = fallback });
        client.CreateFunction(new FunctionOptions("do") { Triggers = [Trigger.On("signed")] }, (RunContext<Nothing> run, Step step) => step.RunAsync("work", () => "done"));
        return client;
    }

    private static string Bearer(string key) => SigningKey.Parse(key).BearerToken;
}
