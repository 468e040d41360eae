using System.Text.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Steps;

public class SendEventTests
{
    [Fact]
    public async Task A_function_sends_an_event_once_and_gets_its_id_at_every_replay()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, """{"ids":["01M85TDCB6ZZ3NAJRMPFQZXKFV"],"status":200}"""));
        var app = new TestApp(executor.Dev);
        app.Client.CreateFunction(new FunctionOptions("function"), async (RunContext<Started> _, Step step) =>
        {
            var id = await step.SendEventAsync("tell", new Started(3, "Bob"));
            await step.SleepAsync("pause", TimeSpan.FromHours(1));
            return id;
        });

        Assert.Equal("\"01M85TDCB6ZZ3NAJRMPFQZXKFV\"", (await new TestRun(app).FinishAsync()).Result());

        var request = Assert.Single(executor.Requests);
        Assert.Equal(("POST", "/e/NO_EVENT_KEY_SET"), (request.Method, request.Path));
        Assert.Equal("""[{"data":{"customer":"Bob","number":3},"name":"shop/started"}]""", request.Body);
    }

    [Fact]
    public async Task The_memo_is_that_of_the_other_sdks()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, """{"ids":["a","b"],"status":200}"""));
        var app = new TestApp(executor.Dev);
        app.Client.CreateFunction(
            new FunctionOptions("function"),
            (RunContext<Started> _, Step step) => step.SendEventsAsync("tell", [new Started(), new Event("shop/other", JsonElement.Parse("{}"))]));

        Assert.Equal("""{"ids":["a","b"]}""", Assert.IsType<StepRunOp>(Assert.Single((await app.DiscoverAsync()).Ops)).Data.ToString());
        Assert.Equal("""["c","d"]""", (await app.DiscoverAsync(Settled.With("tell", new { ids = (string[])["c", "d"] }))).Result());
    }

    [Fact]
    public async Task A_refusal_is_an_error_of_the_step_with_the_executors_sentence()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (400, """{"ids":[""],"status":400,"error":"event name is empty"}"""));
        var app = new TestApp(executor.Dev);
        app.Client.CreateFunction(new FunctionOptions("function"), (RunContext<Started> _, Step step) => step.SendEventAsync("tell", new Started()));

        var error = Assert.IsType<StepErrorOp>(Assert.Single((await app.DiscoverAsync()).Ops)).Error;

        Assert.Contains("event name is empty", error.ToString(), StringComparison.Ordinal);
    }
}
