using System.Net;
using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Protocol.Signing;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>The shipped SDKs outside development: calls and answers are signed, requests carry keys.</summary>
public sealed class SignedClientTests
{
    private const string OldKey = "signkey-prod-0123456789abcdef0123456789abcdef";
    private const string NewKey = "signkey-prod-fedcba9876543210fedcba9876543210";
    private const string EventKey = "key-of-the-shop";

    [Theory]
    [ForEachClient]
    public async Task Steps_events_checkpoints_and_large_state_work_with_keys(Storage storage, string client)
    {
        await using var executor = await StartAsync(storage, "--signing-key", OldKey);
        using var app = await StartAppAsync(executor, client, OldKey);

        var (status, text) = await app.RegisterAsync(NpmClient.Of(client));
        Assert.True(status == HttpStatusCode.OK, $"{text}\n{app.Output}");

        (await RunAsync(executor, app, client, "sequential")).AssertCompleted("""[{"value":1},2,3]""");
        var odd = """{"é\u2028\ud83d\ude00":[1e+21,1e-7,0.1]}""";
        (await RunAsync(executor, app, client, "echo", new { value = System.Text.Json.Nodes.JsonNode.Parse(odd) })).AssertCompleted($$"""{"step":{{odd}},"direct":{{odd}}}""");
        (await RunAsync(executor, app, client, "large-state")).AssertCompleted("""["01200000","11200000","21200000","31200000","41200000"]""");
        var sends = await RunAsync(executor, app, client, "sends", new { key = "k7" });
        var child = await ClientRun.OfEventAsync(executor, app, sends.Run.Output[0].GetString()!);
        child.AssertCompleted($"\"{client}/received.one k7\"");
    }

    [Theory]
    [InlineData("v3")]
    [InlineData("v4-checkpoints")]
    public async Task Keys_are_changed_first_in_the_app_then_in_the_executor_without_a_gap(string client)
    {
        await using var executor = await StartAsync(Storage.Azurite, "--signing-key", OldKey);
        using var app = await StartAppAsync(executor, client, NewKey, OldKey);
        Assert.Equal(HttpStatusCode.OK, (await app.RegisterAsync(NpmClient.Of(client))).Status);
        (await RunAsync(executor, app, client, "large-state")).AssertCompleted("""["01200000","11200000","21200000","31200000","41200000"]""");

        Assert.Equal(0, await executor.StopAsync());
        executor.Arguments = [.. executor.Arguments.TakeWhile(argument => argument != "--signing-key"), "--signing-key", NewKey, "--signing-key-fallback", OldKey];
        await executor.StartAgainAsync();

        (await RunAsync(executor, app, client, "large-state")).AssertCompleted("""["01200000","11200000","21200000","31200000","41200000"]""");
    }

    [Theory]
    [InlineData("v3")]
    [InlineData("v4-checkpoints")]
    public async Task An_app_is_asked_to_register_under_signature_and_refuses_another_key(string client)
    {
        var port = FreePort.Take();
        var url = $"http://127.0.0.1:{port}/api/{client}";
        await using var executor = await StartAsync(Storage.Embedded, "--signing-key", OldKey, "--app", url);
        using (await StartAppAsync(executor, client, NewKey, port: port))
        {
            await Eventually.BecomesTrueAsync(
                () => Task.FromResult(executor.Output.Contains($"The app at {url} has not registered: it answered 401", StringComparison.Ordinal)
                    && executor.Output.Contains("its signing key and the executor's differ", StringComparison.Ordinal)),
                () => executor.Output);
        }

        using var app = await StartAppAsync(executor, client, OldKey, port: port);
        await executor.WaitForFunctionAsync($"{client}-sequential");
        (await RunAsync(executor, app, client, "sequential")).AssertCompleted("""[{"value":1},2,3]""");
    }

    [Theory]
    [InlineData("v3")]
    [InlineData("v4")]
    public async Task A_wrong_event_key_sends_nothing_and_a_wrong_signing_key_registers_nothing(string client)
    {
        await using var executor = await StartAsync(Storage.Embedded, "--signing-key", OldKey);
        using var app = await StartAppAsync(executor, client, NewKey);

        var (status, text) = await app.RegisterAsync(NpmClient.Of(client));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("message", text, StringComparison.Ordinal);
        Assert.Empty(await executor.FunctionsAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await executor.PostAsync("e/another-key", """{"name":"a","data":{}}""")).Status);
    }

    private static async Task<ExecutorServer> StartAsync(Storage storage, params string[] arguments)
    {
        var executor = await ExecutorServer.StartAsync(["--event-key", EventKey, "--retry-interval", "1", .. await ClientWorld.ArgumentsAsync(storage), .. arguments]);
        executor.Bearer = SigningKey.Parse(OldKey).BearerToken;
        return executor;
    }

    private static Task<NpmApp> StartAppAsync(ExecutorServer executor, string client, string key, string? fallback = null, int? port = null) => NpmApp.StartAsync(
        executor.Url, port ?? FreePort.Take(), NpmClient.Of(client) with { Cloud = true, SigningKey = key, SigningKeyFallback = fallback, EventKey = EventKey });

    private static Task<ClientRun> RunAsync(ExecutorServer executor, NpmApp app, string client, string function, object? data = null) =>
        ClientRun.OfAsync(executor, app, client, function, data, EventKey);
}
