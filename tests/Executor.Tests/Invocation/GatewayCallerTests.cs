using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>Requests that steps ask the executor to make, against servers of all kinds.</summary>
public sealed class GatewayCallerTests : IDisposable
{
    private readonly SocketsHttpHandler _handler = AppConnections.CreateHandler(followsRedirects: true);
    private readonly HttpClient _http;
    private readonly FakeTimeProvider _time = new();

    public GatewayCallerTests() => _http = new HttpClient(_handler) { Timeout = Timeout.InfiniteTimeSpan };

    [Fact]
    public async Task A_request_is_made_as_the_step_says()
    {
        await using var server = LocalApp.Of(LocalApp.Reply.Of(200, "hello", ("x-answer", "42")));

        await FetchAsync($$"""{"body":"{\"q\":1}","headers":{"content-type":"text/x-mine","x-a":"b"},"method":"PUT","url":"{{server.Origin}}/x?y=1"}""");

        var request = Assert.Single(server.Requests);
        Assert.StartsWith("PUT /x?y=1 ", request.Line, StringComparison.Ordinal);
        Assert.Equal("""{"q":1}""", request.Text);
        Assert.Equal(("b", "text/x-mine", "Stepwell"), (request.Headers["x-a"], request.Headers["content-type"], request.Headers["user-agent"]));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Whatever_the_status_it_is_the_result_of_the_step(int status)
    {
        await using var server = LocalApp.Of(LocalApp.Reply.Of(status, "hellö", ("x-answer", "42"), ("x-answer", "43")));

        var data = await FetchAsync($$"""{"url":"{{server.Origin}}/x"}""");

        Assert.StartsWith("GET /x ", Assert.Single(server.Requests).Line, StringComparison.Ordinal);
        Assert.Equal((status, "hellö", $"{server.Origin}/x"), (data.GetProperty("status_code").GetInt32(), data.GetProperty("body").GetString(), data.GetProperty("url").GetString()));
        Assert.Equal("42,43", data.GetProperty("headers").GetProperty("x-answer").GetString());
    }

    [Fact]
    public async Task Redirects_are_followed_and_the_last_url_is_told()
    {
        await using var server = LocalApp.Of(request => request.Target == "/there" ? LocalApp.Reply.Of(200, "there") : LocalApp.Reply.Of(302, "", ("location", "/there")));

        var data = await FetchAsync($$"""{"url":"{{server.Origin}}/here"}""");

        Assert.Equal(("there", $"{server.Origin}/there"), (data.GetProperty("body").GetString(), data.GetProperty("url").GetString()));
    }

    [Theory]
    [InlineData("""{"url":"ftp://x"}""", "its url is 'ftp://x'")]
    [InlineData("""{"url":"/relative"}""", "its url is '/relative'")]
    [InlineData("{}", "its url is ''")]
    [InlineData("null", "its url is ''")]
    [InlineData("""{"headers":{"a b":"c"},"url":"http://127.0.0.1:1"}""", "'a b' cannot be a header")]
    [InlineData("""{"method":"G ET","url":"http://127.0.0.1:1"}""", "The format of the HTTP method is invalid")]
    public async Task What_is_no_request_fails_the_step_at_once(string opts, string problem)
    {
        var broken = Assert.IsType<AppAnswer.Broken>(await CallAsync(OpCode.Gateway, opts));

        Assert.True(broken.Advice.NoRetry);
        Assert.Contains("The request of step 'get' cannot be made: ", TestCaller.MessageOf(broken.Error), StringComparison.Ordinal);
        Assert.Contains(problem, TestCaller.MessageOf(broken.Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_tried_again()
    {
        var broken = Assert.IsType<AppAnswer.Broken>(await CallAsync(OpCode.Gateway, """{"url":"http://127.0.0.1:1"}"""));

        Assert.False(broken.Advice.NoRetry);
        Assert.Equal("StepwellCallFailed", TestCaller.NameOf(broken.Error));
    }

    [Fact]
    public async Task A_server_that_takes_connections_and_says_nothing_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _handler.ConnectTimeout = TimeSpan.FromSeconds(1);

        var answer = CallAsync(OpCode.Gateway, $$"""{"url":"https://{{silent.LocalEndpoint}}"}""");
        var broken = Assert.IsType<AppAnswer.Broken>(await answer.WaitAsync(TimeSpan.FromMinutes(1)));

        Assert.Equal("StepwellCallFailed", TestCaller.NameOf(broken.Error));
        Assert.Contains("failed: A connection could not be established within", TestCaller.MessageOf(broken.Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_addresses_are_refused_though_redirects_lead_there()
    {
        await using var server = LocalApp.Of(LocalApp.Reply.Of(302, "", ("location", "http://169.254.169.254/metadata")));

        var broken = Assert.IsType<AppAnswer.Broken>(await CallAsync(OpCode.Gateway, $$"""{"url":"{{server.Origin}}"}"""));

        Assert.Contains("'169.254.169.254' is a link-local or metadata address", TestCaller.MessageOf(broken.Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_more_than_four_mebibytes_fails_the_step()
    {
        await using var server = LocalApp.Of(LocalApp.Reply.Of(200, new string('x', 4 * 1024 * 1024 + 1)));

        var broken = Assert.IsType<AppAnswer.Broken>(await CallAsync(OpCode.Gateway, $$"""{"url":"{{server.Origin}}"}"""));

        Assert.Equal("output_too_large", TestCaller.NameOf(broken.Error));
        Assert.True(broken.Advice.NoRetry);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_tried_again()
    {
        await using var server = new LocalApp(async (_, _, cancel) =>
        {
            _time.Advance(TimeSpan.FromHours(2));
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            return false;
        });

        var broken = Assert.IsType<AppAnswer.Broken>(await CallAsync(OpCode.Gateway, $$"""{"url":"{{server.Origin}}"}"""));

        Assert.Equal("StepwellTimeout", TestCaller.NameOf(broken.Error));
        Assert.Contains("was not answered within 2h", TestCaller.MessageOf(broken.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai-chat", "authorization", "Bearer sk-x")]
    [InlineData("anthropic", "x-api-key", "sk-x")]
    [InlineData("anthropic", "anthropic-version", "2023-06-01")]
    public async Task An_inference_posts_its_body_with_the_key_as_the_provider_has_it(string format, string header, string value)
    {
        await using var server = LocalApp.Of(LocalApp.Reply.Of(200, """{ "b": 1, "a": 2 }"""));

        var answer = await CallAsync(OpCode.AIGateway, $$$"""{"auth_key":"sk-x","body":{"model":"m"},"format":"{{{format}}}","type":"step.ai.infer","url":"{{{server.Origin}}}/chat"}""");

        Assert.Equal("""{"a":2,"b":1}""", DataOf(answer).ToString());
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /chat ", request.Line, StringComparison.Ordinal);
        Assert.Equal(("""{"model":"m"}""", "application/json", value), (request.Text, request.Headers["content-type"], request.Headers[header]));
    }

    [Fact]
    public async Task An_inference_of_gemini_has_its_key_in_the_query()
    {
        await using var server = LocalApp.Of(LocalApp.Reply.Of(200, "{}"));

        await CallAsync(OpCode.AIGateway, $$"""{"auth_key":"k&y","body":{},"format":"gemini","url":"{{server.Origin}}/chat?x=1"}""");

        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /chat?x=1&key=k%26y ", request.Line, StringComparison.Ordinal);
        Assert.False(request.Headers.ContainsKey("authorization"));
    }

    [Fact]
    public async Task An_inference_that_is_refused_is_tried_again_and_says_why()
    {
        await using var server = LocalApp.Of(LocalApp.Reply.Of(429, "slow down"));

        var broken = Assert.IsType<AppAnswer.Broken>(await CallAsync(OpCode.AIGateway, $$"""{"auth_key":"k","body":{},"format":"openai-chat","url":"{{server.Origin}}"}"""));

        Assert.Equal("The request of step 'get' was answered 429: slow down", TestCaller.MessageOf(broken.Error));
        Assert.False(broken.Advice.NoRetry);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> FetchAsync(string opts) => JsonElement.Parse(DataOf(await CallAsync(OpCode.Gateway, opts)).Utf8.Span);

    private static RawJson DataOf(AppAnswer answer) => Assert.IsType<StepRunOp>(Assert.Single(Assert.IsType<AppAnswer.Reported>(answer).Ops)).Data;

    private Task<AppAnswer> CallAsync(string op, string opts) =>
        new GatewayCaller(_http, _time, new EngineOptions()).CallAsync(new GatewayCall(StepKey.Hash("get"), "get", op, RawJson.FromString(opts)), CancellationToken.None);
}
