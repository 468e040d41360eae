using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Tests.Operations;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>What an app does wrong makes its own step retry and then fail, and stops no other run.</summary>
public sealed class MisbehavingAppTests
{
    [Theory]
    [InlineData("html", "text/html")]
    [InlineData("redirect", "location: 'http://127.0.0.1:1/'")]
    [InlineData("unknown op", "Teleport")]
    [InlineData("refused", "refused")]
    [InlineData("garbage", "cannot be used")]
    public async Task A_run_is_tried_again_and_then_fails_with_a_sentence_while_another_ends(string manner, string named)
    {
        await using var good = LocalApp.Of(LocalApp.Reply.OfApp(200, "\"fine\""));
        await using var bad = LocalApp.Of(manner switch
        {
            "html" => LocalApp.Reply.Of(200, "<html>", ("content-type", "text/html")),
            "redirect" => LocalApp.Reply.Of(302, "", ("location", "http://127.0.0.1:1/")),
            "unknown op" => LocalApp.Reply.OfApp(206, $$"""[{"id":"{{StepKey.Hash("a")}}","op":"Teleport"}]"""),
            _ => LocalApp.Reply.OfApp(206, "[null]"),
        });
        var url = manner == "refused" ? ClosedPort() : $"{bad.Origin}/api";
        await using var engine = await EngineAsync(good, url);
        var failing = await engine.StartAsync("shop-bad");
        var fine = await engine.StartAsync("shop-good");

        Assert.Equal(2, await engine.WorkAsync());
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(fine)).Status);
        Assert.Equal(RunStatus.Running, (await engine.RunAsync(failing)).Status);
        await engine.WorkToEndAsync();

        var error = TestCaller.MessageOf(Assert.IsType<RunOutcome.Failed>((await engine.RunAsync(failing)).Outcome).Error);
        Assert.Contains(named, error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"POST {url}?fnId=shop-bad&stepId=step", error, StringComparison.Ordinal);
        // One retry.
        Assert.Equal(manner == "refused" ? 0 : 2, bad.Requests.Count);
    }

    [Fact]
    public async Task A_planned_step_that_is_answered_with_an_unknown_op_is_settled_with_a_sentence_that_the_function_may_catch()
    {
        var step = StepKey.Hash("a");
        await using var good = LocalApp.Of(LocalApp.Reply.OfApp(200, "null"));
        await using var bad = LocalApp.Of(request =>
            request.Target.EndsWith(step.Value, StringComparison.Ordinal) ? LocalApp.Reply.OfApp(206, $$"""[{"id":"{{step}}","op":"Teleport"}]""")
            : request.Text.Contains("\"error\"", StringComparison.Ordinal) ? LocalApp.Reply.OfApp(200, "\"caught\"")
            : LocalApp.Reply.OfApp(206, $$"""[{"id":"{{step}}","op":"StepPlanned"}]"""));
        await using var engine = await EngineAsync(good, $"{bad.Origin}/api");
        var run = await engine.StartAsync("shop-bad");

        await engine.WorkToEndAsync();

        var ended = await engine.RunAsync(run);
        Assert.Equal("\"caught\"", Assert.IsType<RunOutcome.Completed>(ended.Outcome).Output.ToString());
        var error = TestCaller.MessageOf(((StepState.Done)ended.Steps[step].State).Memo.Content);
        Assert.Contains($"POST {bad.Origin}/api?fnId=shop-bad&stepId={step} was answered 206", error, StringComparison.Ordinal);
        Assert.Contains("'Teleport'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_never_answers_holds_up_no_other_run()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var good = LocalApp.Of(LocalApp.Reply.OfApp(200, "\"fine\""));
        await using var bad = new LocalApp(async (_, _, cancel) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancel);
            return false;
        });
        await using var engine = await EngineAsync(good, $"{bad.Origin}/api");
        var failing = await engine.StartAsync("shop-bad");
        var hanging = engine.HandleAsync(await engine.ReceiveAsync());
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var fine = await engine.StartAsync("shop-good");
        Assert.Equal(1, await engine.WorkAsync());
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(fine)).Status);

        Assert.False(hanging.IsCompleted);
        engine.Time.Advance(engine.Options.CallTimeout);
        await hanging;
        var attempt = Assert.Single((await engine.RunAsync(failing)).Discovery is { } discovery ? [discovery.Attempt] : Array.Empty<int>());
        Assert.Equal(1, attempt);
    }

    private static async Task<TestEngine> EngineAsync(LocalApp good, string badUrl)
    {
        var engine = new TestEngine(
            new EngineOptions { CommitLinger = TimeSpan.Zero, RetryInterval = TimeSpan.FromSeconds(5), CallTimeout = TimeSpan.FromSeconds(8) },
            calls: services => new AppCaller(
                new HttpClient(AppConnections.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan },
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<EngineOptions>()));
        await engine.RegisterAsync(badUrl, 1, "shop-bad");
        await engine.RegisterAsync($"{good.Origin}/api", 1, "shop-good");
        return engine;
    }

    private static string ClosedPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return $"http://127.0.0.1:{port}/api";
    }
}
