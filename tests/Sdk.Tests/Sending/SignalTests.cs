using System.Text.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Sending;

/// <summary>Signals that are sent.</summary>
public sealed class SignalTests
{
    [Fact]
    public async Task A_step_sends_a_signal_and_gives_the_run_that_got_it()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, """{"data":{"run_id":"01M85T3CK70B1KXB31K8S52HM8"},"metadata":{}}"""));
        var app = new TestApp(executor.Dev);
        app.Client.CreateFunction(new FunctionOptions("function"), (RunContext<Started> _, Step step) => step.SendSignalAsync("tell", "approve \"7\"", new Started(3, "Bob")));

        Assert.Equal("""{"runId":"01M85T3CK70B1KXB31K8S52HM8"}""", Assert.IsType<StepRunOp>(Assert.Single((await app.DiscoverAsync()).Ops)).Data.ToString());
        Assert.Equal("\"x\"", (await app.DiscoverAsync(Settled.With("tell", new { runId = "x" }))).Result());
        Assert.Equal("null", (await app.DiscoverAsync(Settled.With("tell", new { }))).Result());

        var request = Assert.Single(executor.Requests);
        Assert.Equal(("POST", "/v1/signals"), (request.Method, request.Path));
        Assert.Equal("approve \"7\"", JsonElement.Parse(request.Body).GetProperty("signal").GetString());
        Assert.Equal("Bob", JsonElement.Parse(request.Body).GetProperty("data").GetProperty("customer").GetString());
    }

    [Fact]
    public async Task A_signal_that_nobody_waits_for_is_no_error()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (404, """{"error":"No signal found","status":404}"""));

        Assert.Null(await new TestApp(executor.Dev).Client.SendSignalAsync("go"));
        Assert.Equal("""{"data":null,"signal":"go"}""", Assert.Single(executor.Requests).Body);
    }

    [Fact]
    public async Task A_refusal_is_told_with_the_executors_sentence()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (400, """{"error":"signal has 0 characters","status":400}"""));

        var refused = await Assert.ThrowsAsync<StepwellException>(() => new TestApp(executor.Dev).Client.SendSignalAsync("go"));

        Assert.Contains("answered 400 to signal 'go': signal has 0 characters", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_executor_that_cannot_be_reached_is_told_with_its_address()
    {
        var refused = await Assert.ThrowsAsync<StepwellException>(() => new TestApp().Client.SendSignalAsync("go"));

        Assert.Contains("The signal could not be sent to http://127.0.0.1:1/: ", refused.Message, StringComparison.Ordinal);
    }
}
