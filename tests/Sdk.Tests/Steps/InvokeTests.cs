using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Steps;

/// <summary>Functions that steps invoke, and requests that the executor makes.</summary>
public sealed class InvokeTests
{
    [Fact]
    public async Task A_function_is_invoked_by_its_value_with_its_types()
    {
        var app = new TestApp();
        var child = app.Client.CreateFunction(new FunctionOptions("child"), (RunContext<Started> run, Step step) => Task.FromResult(run.Event.Data.Number));
        app.Client.CreateFunction(new FunctionOptions("function"), async (RunContext<Started> _, Step step) => await step.InvokeAsync("call", child, new Started(21, "Ada"), TimeSpan.FromHours(1)) + 1);

        var invoke = Assert.IsType<InvokeFunctionOp>(Assert.Single((await app.DiscoverAsync()).Ops));

        Assert.Equal(("shop-child", "1h", "call"), (invoke.Function.Value, invoke.Timeout, invoke.DisplayName));
        Assert.Equal("""{"data":{"customer":"Ada","number":21}}""", invoke.Payload.ToString());
        Assert.Equal("43", (await app.DiscoverAsync(Settled.With("call", 42))).Result());
    }

    [Fact]
    public async Task A_function_of_another_app_is_invoked_by_its_id()
    {
        var app = TestApp.Serving((_, step) => step.InvokeAsync<string>("call", "billing-render", null));

        var invoke = Assert.IsType<InvokeFunctionOp>(Assert.Single((await app.DiscoverAsync()).Ops));

        Assert.Equal(("billing-render", null, "{\"data\":{}}"), (invoke.Function.Value, invoke.Timeout, invoke.Payload.ToString()));
        Assert.Equal("\"pdf\"", (await app.DiscoverAsync(Settled.With("call", "pdf"))).Result());
    }

    [Theory]
    [InlineData("InngestInvokeTimeoutError", true, false)]
    [InlineData("StepwellCancelled", false, true)]
    [InlineData("Shop.NoPaperException", false, false)]
    public async Task What_came_of_it_can_be_told_when_there_is_no_result(string name, bool timedOut, bool cancelled)
    {
        InvokeFailedException? caught = null;
        var app = TestApp.Serving(async (_, step) =>
        {
            try
            {
                return await step.InvokeAsync<int>("call", "shop-child", null);
            }
            catch (InvokeFailedException failed)
            {
                caught = failed;
                return 0;
            }
        });

        await app.DiscoverAsync(Settled.Failed("call", $$"""{"message":"why","name":"{{name}}"}"""));

        Assert.Equal(("shop-child", timedOut, cancelled, "why", "call"), (caught!.FunctionId, caught.IsTimeout, caught.IsCancelled, caught.Failure.Message, caught.Step));
    }

    [Fact]
    public async Task What_cannot_be_invoked_is_refused()
    {
        Assert.Contains("Step 'call' invokes 'shop-child' with the data 7; it must be an object", await RefusalAsync(step => step.InvokeAsync<int>("call", "shop-child", 7)), StringComparison.Ordinal);
        Assert.Contains("'' is no function id", await RefusalAsync(step => step.InvokeAsync<int>("call", "", null)), StringComparison.Ordinal);
        Assert.Contains("Step 'call' would wait for 367.00:00:00", await RefusalAsync(step => step.InvokeAsync<int>("call", "shop-child", null, TimeSpan.FromDays(367))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_described_and_its_answer_read()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var answer = await step.FetchAsync("get", new FetchRequest(new Uri("https://example.com/x?y=é"), "POST") { Body = "{\"q\":1}", Headers = new Dictionary<string, string> { ["x-a"] = "b" } });
            return $"{answer.StatusCode} {answer.IsSuccess} {answer.Url} {answer.Headers["a"]} {answer.Body}";
        });

        var op = Assert.IsType<GatewayOp>(Assert.Single((await app.DiscoverAsync()).Ops));
        Assert.Equal("""{"body":"{\"q\":1}","headers":{"x-a":"b"},"method":"POST","url":"https://example.com/x?y=%C3%A9"}""", Protocol.Json.CanonicalJson.Canonicalize(op.Opts.Utf8).ToString());
        Assert.Equal("\"404 False u 1 no\"", (await app.DiscoverAsync(Settled.With("get", new { body = "no", headers = new { a = "1" }, status_code = 404, url = "u" }))).Result());
    }

    [Fact]
    public void A_request_that_cannot_be_made_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new FetchRequest(new Uri("/relative", UriKind.Relative)));
        Assert.Throws<ArgumentException>(() => new FetchRequest(new Uri("ftp://example.com")));
        Assert.Throws<ArgumentException>(() => new FetchRequest(new Uri("http://example.com"), " "));
    }

    [Fact]
    public async Task Several_are_reported_together_and_each_lets_the_function_go_on()
    {
        var app = TestApp.Serving(async (_, step) => (await Task.WhenAll(step.InvokeAsync<int>("a", "shop-child", null), step.InvokeAsync<int>("b", "shop-child", null))).Sum());

        var answer = await app.DiscoverAsync();
        Assert.Equal("InvokeFunction a, InvokeFunction b", answer.Reported);
        Assert.All(answer.Ops, op => Assert.True(op.Race));
        Assert.Equal("3", (await app.DiscoverAsync(Settled.With("a", 1), Settled.With("b", 2))).Result());
    }

    private static async Task<string> RefusalAsync(Func<Step, Task> act) => (await TestApp.Serving((_, step) => act(step)).DiscoverAsync()).Failure.Message;
}
