using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Signing;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Serving;

/// <summary>How an app is registered: it tells the executor, or answers it.</summary>
public class SyncTests
{
    private const string Registered = """{"ok":true,"modified":true}""";

    private static TestApp Make(StepwellOptions options)
    {
        var app = new TestApp(options);
        app.Client.CreateFunction(
            new FunctionOptions("second") { Name = "The second", Retries = 7, Triggers = [Trigger.On("shop/a", "event.data.x > 1"), Trigger.On("shop/*")], Concurrency = [new(3, "event.data.\"x\""), new(5)] },
            (RunContext<Started> _, Step _) => Task.CompletedTask);
        app.Client.CreateFunction(new FunctionOptions("first"), (RunContext<Started> _, Step _) => Task.CompletedTask);
        return app;
    }

    private static Request InBand(string body, TestApp? signedFor = null)
    {
        var request = new Request("PUT", body);
        request.Headers[ProtocolHeaders.SyncKind] = "in_band";
        return signedFor is null ? request : request.SignedWith(Keys.Primary, signedFor.Time);
    }

    [Fact]
    public async Task Asked_by_anybody_it_tells_the_executor()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Registered));
        var app = Make(executor.Dev);
        var asked = new Request("PUT");
        asked.Headers[ProtocolHeaders.ServerKind] = "dev";

        var answer = await app.HandleAsync(asked);

        Assert.Equal((200, """{"message":"Successfully registered","modified":true}"""), (answer.Status, answer.Body));
        Assert.Equal("out_of_band", answer.Headers[ProtocolHeaders.SyncKind]);
        var told = Assert.Single(executor.Requests);
        Assert.Equal(("POST", "/fn/register"), (told.Method, told.Path));
        Assert.Equal("out_of_band", told.Header(ProtocolHeaders.SyncKind));
        Assert.Equal("dev", told.Header(ProtocolHeaders.ExpectedServerKind));
        Assert.StartsWith("stepwell:v", told.Header(ProtocolHeaders.Sdk), StringComparison.Ordinal);
        Assert.Null(told.Header("authorization"));
    }

    [Fact]
    public async Task The_id_of_a_deployment_goes_on_to_the_executor()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Registered));

        await Make(executor.Dev).HandleAsync(new Request("PUT") { Query = new() { ["deployId"] = "dpl_7 &é" } });

        Assert.Equal("/fn/register?deployId=dpl_7%20%26%C3%A9", Assert.Single(executor.Requests).Path);
    }

    [Fact]
    public async Task It_tells_of_each_function_where_and_how_it_runs()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Registered));

        await Make(executor.Dev).HandleAsync(new Request("PUT"));

        using var body = JsonDocument.Parse(Assert.Single(executor.Requests).Body);
        var root = body.RootElement;
        Assert.Equal("http://shop.example/api/stepwell", root.GetProperty("url").GetString());
        Assert.Equal(("shop", "test", "ping", "0.1"), (root.GetProperty("appName").GetString(), root.GetProperty("framework").GetString(), root.GetProperty("deployType").GetString(), root.GetProperty("v").GetString()));
        Assert.Equal(["shop-first", "shop-second"], root.GetProperty("functions").EnumerateArray().Select(function => function.GetProperty("id").GetString()));
        Assert.Equal(
            """
            {"id":"shop-first","name":"first","triggers":[{"event":"shop/started"}],"steps":{"step":{"id":"step","name":"step","runtime":{"type":"http","url":"http://shop.example/api/stepwell?fnId=shop-first&stepId=step"},"retries":{"attempts":4}}}}
            """.Trim(),
            root.GetProperty("functions")[0].GetRawText().Replace("\\u0026", "&", StringComparison.Ordinal));
        var second = root.GetProperty("functions")[1];
        Assert.Equal("The second", second.GetProperty("name").GetString());
        Assert.Equal("""[{"event":"shop/a","expression":"event.data.x \u003E 1"},{"event":"shop/*"}]""", second.GetProperty("triggers").GetRawText());
        Assert.Equal(7, second.GetProperty("steps").GetProperty("step").GetProperty("retries").GetProperty("attempts").GetInt32());
        Assert.Equal([(3, "event.data.\"x\""), (5, null)], second.GetProperty("concurrency").EnumerateArray()
            .Select(limit => (limit.GetProperty("limit").GetInt32(), limit.TryGetProperty("key", out var key) ? key.GetString() : null)));
    }

    [Fact]
    public async Task Origin_and_path_may_be_set_where_a_proxy_stands_in_front()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Registered));

        await Make(executor.Dev with { ServeOrigin = new Uri("https://public.example:8443/ignored"), ServePath = "/functions" }).HandleAsync(new Request("PUT"));

        Assert.Contains("\"url\":\"https://public.example:8443/functions\"", Assert.Single(executor.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_it_shows_its_bearer_and_where_that_is_refused_the_other()
    {
        await using var executor = await RecordingServer.StartAsync((_, number) => number == 0 ? (401, """{"error":"unknown key","status":401}""") : (200, Registered));

        Assert.Equal(200, (await Make(CloudApp.Options with { BaseUrl = executor.Url }).HandleAsync(new Request("PUT"))).Status);
        Assert.Equal(
            [$"Bearer {Keys.Of(Keys.Primary).BearerToken}", $"Bearer {Keys.Of(Keys.Fallback).BearerToken}"],
            executor.Requests.Select(request => request.Header("authorization")));
    }

    [Fact]
    public async Task A_refusal_is_passed_on_with_its_sentence_and_status()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, """{"error":"functions[0].name is missing","status":400}"""));

        var answer = await Make(executor.Dev).HandleAsync(new Request("PUT"));

        Assert.Equal((400, """{"message":"functions[0].name is missing","modified":false}"""), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("{\"ok\":")]
    public async Task What_is_no_executor_is_said_to_be_none(string body)
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, body));

        var answer = await Make(executor.Dev).HandleAsync(new Request("PUT"));

        Assert.Equal(500, answer.Status);
        Assert.Contains("The executor\\u0027s answer is no JSON object", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_executor_that_is_away_is_said_to_be_away()
    {
        var answer = await Make(new StepwellOptions { IsDev = true, BaseUrl = new Uri("http://127.0.0.1:1") }).HandleAsync(new Request("PUT"));

        Assert.Equal(500, answer.Status);
        Assert.Contains("The executor at http://127.0.0.1:1/ cannot be reached", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_in_band_by_the_executor_it_answers_with_everything_and_calls_nobody()
    {
        var app = Make(CloudApp.Options);

        var answer = await app.HandleAsync(InBand("""{"url":"https://seen.example/api/inngest"}""", app));

        Assert.Equal(200, answer.Status);
        Assert.Equal("in_band", answer.Headers[ProtocolHeaders.SyncKind]);
        Assert.Equal(SignatureCheck.Valid, Keys.Of(Keys.Primary).Verify(System.Text.Encoding.UTF8.GetBytes(answer.Body), answer.Headers[ProtocolHeaders.Signature], app.Time.GetUtcNow()));
        using var body = JsonDocument.Parse(answer.Body);
        var root = body.RootElement;
        Assert.Equal("shop", root.GetProperty("app_id").GetString());
        Assert.Equal("https://seen.example/api/inngest", root.GetProperty("url").GetString());
        Assert.Equal(2, root.GetProperty("functions").GetArrayLength());
        Assert.StartsWith("https://seen.example/api/inngest?fnId=", root.GetProperty("functions")[0].GetProperty("steps").GetProperty("step").GetProperty("runtime").GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.True(root.GetProperty("inspection").GetProperty("authentication_succeeded").GetBoolean());
        Assert.Equal("csharp", root.GetProperty("sdk_language").GetString());
    }

    [Fact]
    public async Task In_band_nobody_else_is_answered() =>
        Assert.Equal(401, (await Make(CloudApp.Options).HandleAsync(InBand("""{"url":"https://seen.example/api"}"""))).Status);

    [Theory]
    [InlineData("{")]
    [InlineData("""{"url":"nowhere"}""")]
    [InlineData("""{"url":"ftp://seen.example/"}""")]
    [InlineData("null")]
    public async Task In_band_a_malformed_request_is_a_bad_one(string body)
    {
        var app = Make(CloudApp.Options);

        var answer = await app.HandleAsync(InBand(body, app));

        Assert.Equal(400, answer.Status);
        Assert.Contains("url", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_of_band_a_wrong_signature_is_refused_though_none_is_needed()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Registered));
        var app = Make(CloudApp.Options with { BaseUrl = executor.Url });

        Assert.Equal(401, (await app.HandleAsync(new Request("PUT").SignedWith(Keys.Foreign, app.Time))).Status);
        Assert.Empty(executor.Requests);
    }
}
