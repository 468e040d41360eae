using Microsoft.AspNetCore.Http;
using Stepwell.Protocol.Ids;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>Apps that do not answer as apps do. Their runs are tried again and fail with a sentence; others go on.</summary>
public abstract class BrokenAppTests(ExecutorServer executor)
{
    private readonly ExecutorServer _executor = executor;

    public static TheoryData<string, int, string, string, string, string> Answers => new()
    {
        { "login page", 200, "content-type: text/html", "<html>Please log in</html>", "was answered 200 text/html", "Please log in" },
        { "proxy error", 502, "content-type: text/plain", "Bad Gateway", "was answered 502", "Bad Gateway" },
        { "moved", 302, "location: http://127.0.0.1:1/elsewhere", "", "was answered 302", "http://127.0.0.1:1/elsewhere" },
        { "moved for good", 308, "location: http://127.0.0.1:1/elsewhere", "", "was answered 308", "http://127.0.0.1:1/elsewhere" },
        { "unauthorized", 401, "x-inngest-sdk-handled: true", """{"message":"Unauthorized"}""", "was answered 401", "signing key" },
        { "no json", 206, "x-inngest-sdk: test:v1", "oops, no JSON", "was answered 206", "oops, no JSON" },
        { "broken app", 500, "x-inngest-sdk: test:v1", "stack trace", "was answered 500", "stack trace" },
        {
            "unknown op", 206, "x-inngest-sdk: test:v1", """[{"id":"0123456789012345678901234567890123456789","op":"StepTeleport","displayName":"beam"}]""",
            "", "StepTeleport"
        },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_that_is_no_apps_is_tried_again_and_then_shown(string name, int status, string header, string body, string said, string shown)
    {
        var app = name.Replace(' ', '-');
        await using var scripted = await ScriptedApp.StartAsync(context =>
        {
            var (key, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..]);
            context.Response.StatusCode = status;
            context.Response.Headers[key] = value;
            return context.Response.WriteAsync(body);
        });
        await ScriptedApp.RegisterAsync(_executor, app, scripted.Url, retries: 1);

        var run = await _executor.WaitForEndAsync(await _executor.SendAsync(app, new { }));

        Assert.Equal("Failed", run.Status);
        var message = run.Output.GetProperty("message").GetString();
        Assert.Contains(scripted.Url.ToString(), message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.Contains(shown, message, StringComparison.Ordinal);
        Assert.Equal(2, scripted.Calls);
    }

    [Fact]
    public async Task An_app_that_refuses_the_connection_is_called_again_until_it_is_back_while_others_give_up()
    {
        var (here, gone) = (FreePort.Take(), new Uri($"http://127.0.0.1:{FreePort.Take()}/api/app"));
        var client = new StepwellClient("away", new StepwellOptions { IsDev = true, BaseUrl = _executor.Url });
        client.CreateFunction(new FunctionOptions("do") { Triggers = [Trigger.On("away")] }, (RunContext<Nothing> run, Step step) => step.RunAsync("work", () => "back"));
        await ScriptedApp.RegisterAsync(_executor, "away", new Uri($"http://127.0.0.1:{here}/api/stepwell"), retries: 20);
        await ScriptedApp.RegisterAsync(_executor, "gone", gone, retries: 1);

        var waits = await _executor.SendAsync("away", new { });
        var fails = await _executor.WaitForEndAsync(await _executor.SendAsync("gone", new { }));

        // The other run, begun earlier, was refused as often by now.
        Assert.Equal("Failed", fails.Status);
        Assert.Contains($"POST {gone}", fails.Output.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("Connection refused", fails.Output.GetProperty("message").GetString(), StringComparison.Ordinal);
        await using var app = await HostedApp.StartAsync(client, here, registersItself: false);
        var run = await _executor.WaitForEndAsync(waits);
        Assert.True(run.Status == "Completed", run.ToString());
        Assert.Equal("back", run.Output.GetString());
    }

    /// <summary>How many calls one executor has under way at a time, and room for another.</summary>
    protected abstract int Stuck { get; }

    [Fact]
    public async Task An_app_that_does_not_answer_holds_up_nobody_else()
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silent = await ScriptedApp.StartAsync(context => released.Task.WaitAsync(context.RequestAborted));
        await using var quick = await ScriptedApp.StartAsync(context =>
        {
            context.Response.Headers["x-inngest-sdk"] = "test:v1";
            return context.Response.WriteAsync("\"done\"");
        });
        await ScriptedApp.RegisterAsync(_executor, "silent", silent.Url, retries: 0);
        await ScriptedApp.RegisterAsync(_executor, "quick", quick.Url, retries: 0);

        var stuck = new List<string>();
        for (var i = 0; i < Stuck; i++)
            stuck.Add(await _executor.SendAsync("silent", new { }));

        await Eventually.BecomesTrueAsync(() => Task.FromResult(silent.Calls == Stuck), () => $"{silent.Calls} calls");
        var run = await _executor.WaitForEndAsync(await _executor.SendAsync("quick", new { }));

        Assert.Equal("Completed", run.Status);
        Assert.All(await Task.WhenAll(stuck.Select(id => _executor.WaitForAsync(id, _ => true))), other => Assert.Equal("Running", other.Status));
        released.SetResult();
        Assert.All(await Task.WhenAll(stuck.Select(_executor.WaitForEndAsync)), other => Assert.Equal("Failed", other.Status));
    }

    [Fact]
    public async Task A_planned_step_whose_calls_get_lost_fails_where_the_function_can_catch_it()
    {
        var client = new StepwellClient("lossy", new StepwellOptions { IsDev = true, BaseUrl = _executor.Url });
        client.CreateFunction(new FunctionOptions("do") { Triggers = [Trigger.On("lossy")], Retries = 1 }, async (RunContext<Nothing> run, Step step) =>
        {
            var good = step.RunAsync("good", () => 1);
            var lost = step.RunAsync("lost", () => 2);
            try
            {
                return $"{await good} {await lost}";
            }
            catch (StepFailedException failed)
            {
                return $"{await good} {failed.Step}: {failed.Failure.Message}";
            }
        });
        var lostId = StepKey.Hash("lost").Value;
        var calls = 0;
        await using var app = await HostedApp.StartAsync(client, FreePort.Take(), intercept: async context =>
        {
            if (context.Request.Query["stepId"] != lostId)
                return false;

            Interlocked.Increment(ref calls);
            await context.Response.WriteAsync("<html>maintenance</html>");
            return true;
        });
        await _executor.WaitForFunctionAsync("lossy-do");

        var run = await _executor.WaitForEndAsync(await _executor.SendAsync("lossy", new { }));

        Assert.True(run.Status == "Completed", run.ToString());
        Assert.StartsWith("1 lost: POST " + app.Url, run.Output.GetString(), StringComparison.Ordinal);
        Assert.Contains("maintenance", run.Output.GetString(), StringComparison.Ordinal);
        Assert.Equal(2, calls);
    }
}
