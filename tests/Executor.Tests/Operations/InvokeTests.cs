using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Functions that steps invoke: each is one child run, and its end is the step's result.</summary>
public sealed class InvokeTests
{
    [Fact]
    public async Task A_child_is_started_with_its_input_and_its_result_is_the_steps()
    {
        await using var engine = await CreateAsync(_ => Answers.Returned("42"));
        var run = await engine.StartAsync("shop-parent");

        await engine.WorkAsync();

        Assert.Equal("""{"data":42}""", await OutputAsync(engine, run));
        var child = engine.Calls.Made.Single(call => call.Run.Function.Value == "shop-child").Run;
        using var happened = JsonDocument.Parse(child.Events[0].Utf8);
        var root = happened.RootElement;
        Assert.Equal("inngest/function.invoked", root.GetProperty("name").GetString());
        Assert.Equal(21, root.GetProperty("data").GetProperty("n").GetInt32());
        var about = root.GetProperty("data").GetProperty("_inngest");
        Assert.Equal($"{run}.{StepKey.Hash("call")}", about.GetProperty("correlation_id").GetString());
        Assert.Equal(("shop-child", "call", "shop-parent"), (about.GetProperty("fn_id").GetString(), about.GetProperty("name").GetString(), about.GetProperty("source_fn_id").GetString()));
        Assert.Equal(child.EventId, Assert.IsType<ReadEventOutcome.Found>(await engine.Storage.Events.ReadAsync(child.EventId, CancellationToken.None)).Event.InternalId);
        // Its row for the child's end is there until the next sweep.
        engine.Time.Advance(TimeSpan.FromMinutes(2));
        await engine.Get<Sweep>().RunAsync(CancellationToken.None);
        Assert.Empty(await engine.LiveAsync());
    }

    [Fact]
    public async Task The_error_of_a_child_is_the_steps()
    {
        await using var engine = await CreateAsync(_ => new AppAnswer.Failed(RunFailures.Of("MyError", "no paper").ToJson()));
        var run = await engine.StartAsync("shop-parent");

        await engine.WorkAsync();

        Assert.Contains("\"message\":\"no paper\",\"name\":\"MyError\"", await OutputAsync(engine, run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_is_cancelled_is_an_error_that_says_so()
    {
        await using var engine = await CreateAsync(_ => Answers.Reported(Answers.Slept("nap", "1h")));
        var run = await engine.StartAsync("shop-parent");
        await engine.WorkAsync();
        var child = engine.Calls.Made.Single(call => call.Run.Function.Value == "shop-child").Run;

        await engine.Get<CancelRun>().CancelAsync(child.Id, "too late", CancellationToken.None);
        await engine.WorkAsync();

        Assert.Contains("\"message\":\"The run was cancelled: too late.\",\"name\":\"StepwellCancelled\"", await OutputAsync(engine, run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_takes_too_long_is_an_error_and_goes_on()
    {
        await using var engine = await CreateAsync(call => call.Run.Has("nap") ? Answers.Returned("1") : Answers.Reported(Answers.Slept("nap", "2h")), Answers.Invoked("call", "shop-child", timeout: "1h"));
        var run = await engine.StartAsync("shop-parent");

        await engine.WorkToEndAsync();

        Assert.Contains("InngestInvokeTimeoutError", await OutputAsync(engine, run), StringComparison.Ordinal);
        var child = engine.Calls.Made.First(call => call.Run.Function.Value == "shop-child").Run;
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(child.Id)).Status);
    }

    [Fact]
    public async Task A_function_that_no_app_has_is_an_error_of_the_step()
    {
        await using var engine = await CreateAsync(_ => Answers.Returned("1"), Answers.Invoked("call", "shop-nobody"));
        var run = await engine.StartAsync("shop-parent");

        await engine.WorkAsync();

        Assert.Contains("could not find function with ID: shop-nobody", await OutputAsync(engine, run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":7}""")]
    [InlineData("""{"data":[1]}""")]
    [InlineData("7")]
    public async Task A_payload_that_is_no_event_is_an_error_of_the_step(string payload)
    {
        await using var engine = await CreateAsync(_ => Answers.Returned("1"), Answers.Invoked("call", "shop-child", payload));
        var run = await engine.StartAsync("shop-parent");

        await engine.WorkAsync();

        Assert.Contains("StepwellBadPayload", await OutputAsync(engine, run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_payload_says_about_who_waits_is_not_believed()
    {
        await using var engine = await CreateAsync(_ => Answers.Returned("1"), Answers.Invoked("call", "shop-child", """{"data":{"_inngest":{"correlation_id":"x.y"},"a":1}}"""));
        var run = await engine.StartAsync("shop-parent");

        await engine.WorkAsync();

        Assert.Equal("""{"data":1}""", await OutputAsync(engine, run));
    }

    [Fact]
    public async Task A_process_that_dies_before_the_child_is_set_going_loses_nothing()
    {
        await using var engine = await CreateAsync(_ => Answers.Returned("42"));
        var run = await engine.StartAsync("shop-parent");
        // The timer of the step is sent first, then the child.
        engine.Ports.Before("send", () => Task.CompletedTask);
        engine.Ports.Fail("send");
        engine.Ports.Fail("send");
        await Assert.ThrowsAsync<IOException>(() => engine.WorkAsync());

        engine.Time.Advance(TimeSpan.FromMinutes(2));
        await engine.Get<Sweep>().RunAsync(CancellationToken.None);
        await engine.WorkAsync();

        Assert.Equal("""{"data":42}""", await OutputAsync(engine, run));
        Assert.Single(engine.Calls.Made, call => call.Run.Function.Value == "shop-child");
    }

    [Fact]
    public async Task A_child_whose_end_could_not_be_told_is_told_by_the_sweep()
    {
        await using var engine = await CreateAsync(_ => Answers.Returned("42"));
        var run = await engine.StartAsync("shop-parent");
        await engine.HandleAsync(await engine.ReceiveAsync());
        engine.Ports.Fail("send");
        var child = await engine.ReceiveAsync();
        await Assert.ThrowsAsync<IOException>(() => engine.HandleAsync(child));

        engine.Time.Advance(TimeSpan.FromMinutes(2));
        await engine.Get<Sweep>().RunAsync(CancellationToken.None);
        await engine.WorkAsync();

        Assert.Equal("""{"data":42}""", await OutputAsync(engine, run));
    }

    private static async Task<TestEngine> CreateAsync(Func<AppCall, AppAnswer> child, Op? invoke = null)
    {
        var engine = new TestEngine();
        await engine.RegisterAsync(functions: ["shop-parent", "shop-child"]);
        var parent = Answers.Wait(invoke ?? Answers.Invoked("call", "shop-child"));
        engine.Calls.Answer = (call, cancel) => call.Run.Function.Value == "shop-child" ? Task.FromResult(child(call)) : parent(call, cancel);
        return engine;
    }

    private static async Task<string> OutputAsync(TestEngine engine, RunId run) =>
        Assert.IsType<RunOutcome.Completed>((await engine.RunAsync(run)).Outcome).Output.ToString();
}
