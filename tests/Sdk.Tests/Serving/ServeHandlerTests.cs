using Stepwell.Protocol;
using Stepwell.Protocol.Signing;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Serving;

public class ServeHandlerTests
{
    private readonly TestApp _app = TestApp.Serving((_, step) => step.RunAsync("work", () => 1));

    public static TheoryData<string, string, int> Requests => new()
    {
        { "GET", "", 200 },
        { "PUT", "", 500 },
        { "POST", "{}", 500 },
        { "DELETE", "", 405 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Every_answer_says_which_sdk_and_which_protocol_it_speaks(string method, string body, int status)
    {
        var answer = await _app.HandleAsync(new Request(method, body));

        Assert.Equal(status, answer.Status);
        Assert.Matches(@"^stepwell:v\d+\.\d+\.\d+", answer.Headers[ProtocolHeaders.Sdk]);
        Assert.Equal(answer.Headers[ProtocolHeaders.Sdk], answer.Headers["user-agent"]);
        Assert.Equal("true", answer.Headers[ProtocolHeaders.SdkHandled]);
        Assert.Equal("test", answer.Headers[ProtocolHeaders.Framework]);
        Assert.Equal("2", answer.Headers[ProtocolHeaders.RequestVersion]);
    }

    [Fact]
    public async Task A_success_says_nothing_of_retries() => Assert.False((await _app.DiscoverAsync()).Headers.ContainsKey(ProtocolHeaders.NoRetry));

    [Fact]
    public async Task The_environment_is_told_where_it_has_a_name()
    {
        var app = new TestApp(new StepwellOptions { IsDev = true, BaseUrl = new Uri("http://127.0.0.1:1"), Environment = "blue" });

        Assert.Equal("blue", (await app.HandleAsync(new Request("GET"))).Headers[ProtocolHeaders.Environment]);
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    public async Task Another_method_is_not_allowed(string method)
    {
        var answer = await _app.HandleAsync(new Request(method));

        Assert.Equal(405, answer.Status);
        Assert.Equal("""{"message":"Method not allowed"}""", answer.Body);
    }

    [Fact]
    public async Task A_function_that_is_not_here_is_trouble_to_be_tried_again_and_the_known_ones_are_named()
    {
        var answer = await _app.CallAsync(new Call { Function = "shop-gone" });

        Assert.Equal(500, answer.Status);
        Assert.Null(answer.NoRetry);
        Assert.Contains("Function \"shop-gone\" was not found in this app. It has: shop-function", answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trust_probe_is_answered_with_a_signature_and_nothing_else()
    {
        var app = CloudApp.Make();

        var answer = await app.HandleAsync(new Request("POST", "{}") { Query = new() { ["probe"] = "trust" } }.SignedWith(Keys.Primary, app.Time));

        Assert.Equal((200, ""), (answer.Status, answer.Body));
        Assert.Equal(SignatureCheck.Valid, Keys.Of(Keys.Primary).Verify([], answer.Headers[ProtocolHeaders.Signature], app.Time.GetUtcNow()));
        Assert.Equal(401, (await app.HandleAsync(new Request("POST", "{}") { Query = new() { ["probe"] = "trust" } })).Status);
    }

    [Fact]
    public async Task Another_probe_is_a_bad_request()
    {
        var answer = await _app.HandleAsync(new Request("POST", "{}") { Query = new() { ["probe"] = "pulse" } });

        Assert.Equal(400, answer.Status);
        Assert.Contains("pulse", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"ctx\":")]
    [InlineData("<html>")]
    [InlineData("{\"ctx\":{\"attempt\":\"one\"}}")]
    [InlineData("{\"ctx\":{},\"event\":null,\"steps\":{}}")]
    [InlineData("{\"ctx\":{},\"event\":{},\"events\":[7],\"steps\":{}}")]
    [InlineData("{\"ctx\":{\"stack\":{\"current\":1,\"stack\":[\"a b\"]}},\"event\":{\"data\":{}},\"steps\":{}}")]
    public async Task A_call_that_cannot_be_read_is_trouble_to_be_tried_again(string body)
    {
        var answer = await _app.HandleAsync(new Request("POST", body) { Query = new() { ["fnId"] = "shop-function", ["stepId"] = "step" } });

        Assert.Equal(500, answer.Status);
        Assert.Null(answer.NoRetry);
        Assert.Contains("The call cannot be read: ", answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_else_a_call_carries_is_ignored()
    {
        const string Body = """{"ctx":{"run_id":"r","stack":{"current":0,"stack":null},"new":1},"event":{"data":{},"name":"shop/started"},"steps":{},"defers":{},"version":2,"newer":[]}""";

        Assert.Equal("StepRun work", (await _app.HandleAsync(new Request("POST", Body) { Query = new() { ["fnId"] = "shop-function", ["stepId"] = "step" } })).Reported);
    }

    [Theory]
    [InlineData(null, "0", 500)]
    [InlineData(null, "99", 500)]
    [InlineData("99", "2", 500)]
    [InlineData("2", "99", 206)]
    [InlineData("newest", "1", 206)]
    [InlineData(null, "1", 206)]
    [InlineData(null, "2", 206)]
    [InlineData("-1", "-1", 206)]
    [InlineData(null, "null", 206)]
    public async Task A_call_of_a_version_that_is_not_spoken_is_trouble_and_the_header_counts_before_the_body(string? header, string body, int status)
    {
        var request = new Request("POST", $$"""{"ctx":{"run_id":"r"},"event":{"data":{},"name":"shop/started"},"steps":{},"version":{{body}}}""")
        {
            Query = new() { ["fnId"] = "shop-function", ["stepId"] = "step" },
        };
        if (header is not null)
            request.Headers[ProtocolHeaders.RequestVersion] = header;

        var answer = await _app.HandleAsync(request);

        Assert.Equal(status, answer.Status);
        Assert.Null(answer.NoRetry);
        Assert.Equal(status == 500, answer.Body.Contains("this app speaks versions 1 and 2", StringComparison.Ordinal));
    }
}
