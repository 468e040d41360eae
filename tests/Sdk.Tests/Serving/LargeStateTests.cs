using Stepwell.Protocol.Ids;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Serving;

/// <summary>State that is too large for a call is fetched by the app.</summary>
public class LargeStateTests
{
    private static readonly string s_steps = $$$"""{"{{{StepKey.Hash("second")}}}":{"data":2},"{{{StepKey.Hash("first")}}}":{"data":1}}""";

    private static readonly Call s_call = new() { UseApi = true, Settled = [Settled.With("first", 1), Settled.With("second", 2)] };

    private static TestApp Make(StepwellOptions options)
    {
        var app = new TestApp(options);
        app.Client.CreateFunction(new FunctionOptions("function"), async (RunContext<Started> run, Step step) =>
            $"{await step.RunAsync("first", () => 0)}{await step.RunAsync("second", () => 0)} of {string.Join('+', run.Events.Select(one => one.Data.Customer))}");
        return app;
    }

    private static (int Status, string Body) State(RecordedRequest request, int number) => request.Path.EndsWith("/batch", StringComparison.Ordinal)
        ? (200, """[{"data":{"Customer":"Ada"},"name":"shop/started"},{"data":{"Customer":"Bob"},"name":"shop/started"}]""")
        : (200, s_steps);

    [Fact]
    public async Task Events_and_steps_are_read_from_the_executor()
    {
        await using var executor = await RecordingServer.StartAsync(State);

        var answer = await Make(executor.Dev).CallAsync(s_call);

        Assert.Equal("\"12 of Ada+Bob\"", answer.Result());
        Assert.Equal(
            [$"GET /v0/runs/{Call.RunId}/actions", $"GET /v0/runs/{Call.RunId}/batch"],
            executor.Requests.Select(request => $"{request.Method} {request.Path}").Order(StringComparer.Ordinal));
        Assert.All(executor.Requests, request => Assert.Null(request.Header("authorization")));
    }

    [Fact]
    public async Task In_production_with_the_bearer_and_where_that_is_refused_the_other()
    {
        await using var executor = await RecordingServer.StartAsync((request, number) =>
            request.Header("authorization") == $"Bearer {Keys.Of(Keys.Fallback).BearerToken}" ? State(request, number) : (401, """{"error":"unknown key","status":401}"""));
        var app = Make(CloudApp.Options with { BaseUrl = executor.Url });

        var answer = await app.HandleAsync(new Request("POST", s_call.Body()) { Query = new() { ["fnId"] = "shop-function", ["stepId"] = "step" } }.SignedWith(Keys.Primary, app.Time));

        Assert.Equal(200, answer.Status);
        Assert.Equal(2, executor.Requests.Count(request => request.Header("authorization") == $"Bearer {Keys.Of(Keys.Primary).BearerToken}"));
        Assert.Equal(4, executor.Requests.Count);
    }

    [Theory]
    [InlineData(410, """{"error":"state is gone","status":410}""")]
    [InlineData(503, "")]
    [InlineData(200, "<html>")]
    [InlineData(0, "")]
    public async Task Where_it_cannot_be_had_the_call_is_to_be_tried_again(int status, string body)
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (status, body));

        var answer = await Make(executor.Dev).CallAsync(s_call);

        Assert.Equal(500, answer.Status);
        Assert.Null(answer.NoRetry);
        Assert.Contains("The call cannot be read: ", answer.Failure.Message, StringComparison.Ordinal);
    }
}
