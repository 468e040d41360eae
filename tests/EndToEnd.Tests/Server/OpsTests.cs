using System.Text.Json;
using Stepwell.EndToEnd.Tests.Sample;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>A run of each op and each way to fail, with the executor as a process and an app behind HTTP.</summary>
public abstract class OpsTests(OpsWorld world)
{
    [Fact]
    public async Task Steps_run_once_each_and_in_order_and_the_run_ends_with_its_result()
    {
        var text = string.Concat(Enumerable.Repeat("Ünïcode 𝄞 \"quoted\" \u2028", 5_000));

        var run = await world.RunAsync("sequence", new { text });

        AssertCompleted(run);
        Assert.Equal(text + text + text, run.Output.GetString());
        Assert.Equal(["add 0", $"add {text.Length}", $"add {2 * text.Length}"], Work(run));
    }

    [Fact]
    public async Task Parallel_steps_run_once_each_before_what_follows_them()
    {
        var run = await world.RunAsync("parallel");

        AssertCompleted(run);
        Assert.Equal(10, run.Output.GetInt32());
        Assert.Equal(["part 0", "part 1", "part 2", "part 3", "part 4", "sum"], Work(run).Order(StringComparer.Ordinal));
        Assert.Equal("sum", Work(run)[^1]);
    }

    [Fact]
    public async Task A_sleep_lasts_at_least_as_long_as_it_should()
    {
        var run = await world.RunAsync("sleep");

        AssertCompleted(run);
        var pause = Step(run, "pause");
        Assert.Equal("Sleep", pause.GetProperty("op").GetString());
        Assert.InRange(Time(pause, "ended_at") - Time(pause, "found_at"), TimeSpan.FromSeconds(1.999), TimeSpan.MaxValue);
        Assert.Equal(["before", "after"], Work(run));
    }

    [Fact]
    public async Task A_sleep_until_a_time_does_not_end_before_it()
    {
        var time = DateTimeOffset.UtcNow.AddSeconds(2);

        var run = await world.RunAsync("sleep-until", new { time });

        AssertCompleted(run);
        Assert.InRange(Time(Step(run, "pause"), "ended_at"), time.AddMilliseconds(-1), DateTimeOffset.MaxValue);
    }

    [Fact]
    public async Task An_event_sent_in_a_step_starts_the_function_that_it_triggers()
    {
        var run = await world.RunAsync("send", new { text = "hello" });

        AssertCompleted(run);
        var child = await world.WaitForEndAsync(run.Output.GetString()!);
        AssertCompleted(child);
        Assert.Equal("heard hello", child.Output.GetString());
    }

    [Fact]
    public async Task A_race_goes_on_with_its_winner()
    {
        var run = await world.RunAsync("race");

        AssertCompleted(run);
        Assert.Equal("quick", run.Output.GetString());
        Assert.Equal(["quick"], Work(run));
    }

    [Fact]
    public async Task A_step_that_fails_is_tried_again_and_no_other_is()
    {
        var run = await world.RunAsync("flaky");

        AssertCompleted(run);
        Assert.Equal("at last", run.Output.GetString());
        Assert.Equal(["before", "flaky", "flaky"], Work(run));
        var attempts = Step(run, "flaky").GetProperty("attempts").EnumerateArray().ToList();
        Assert.Equal(2, attempts.Count);
        Assert.Equal("not yet", attempts[0].GetProperty("error").GetProperty("message").GetString());
        Assert.False(attempts[1].TryGetProperty("error", out _));
    }

    [Fact]
    public async Task A_step_that_says_when_is_tried_again_then_and_not_before()
    {
        var run = await world.RunAsync("retry-after");

        AssertCompleted(run);
        Assert.Equal(["busy", "busy"], Work(run));
        var attempts = Step(run, "busy").GetProperty("attempts");
        Assert.InRange(Time(attempts[1], "started_at") - Time(attempts[0], "ended_at"), TimeSpan.FromSeconds(2.9), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_step_that_cannot_succeed_is_not_tried_again()
    {
        var run = await world.RunAsync("not-retriable");

        Assert.Equal("Failed", run.Status);
        Assert.Equal("no such order 17", run.Output.GetProperty("message").GetString());
        Assert.Equal(["hopeless"], Work(run));
    }

    [Fact]
    public async Task A_failure_that_is_caught_lets_the_function_go_on()
    {
        var run = await world.RunAsync("caught");

        AssertCompleted(run);
        Assert.Equal("void after card refused", run.Output.GetString());
        Assert.Equal(["charge", "charge", "void"], Work(run));
        Assert.Equal("Failed", Step(run, "charge").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_failure_that_is_not_caught_fails_the_run_after_the_last_attempt()
    {
        var run = await world.RunAsync("uncaught");

        Assert.Equal("Failed", run.Status);
        Assert.Contains("card refused", run.Output.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["charge", "charge"], Work(run));
    }

    [Fact]
    public async Task A_function_that_fails_between_its_steps_is_tried_again_without_running_them_again()
    {
        var run = await world.RunAsync("function-fails-once");

        AssertCompleted(run);
        Assert.Equal(7, run.Output.GetInt32());
        Assert.Equal(["before"], Work(run));
    }

    [Fact]
    public async Task A_function_that_fails_every_time_fails_its_run_with_its_own_error()
    {
        var run = await world.RunAsync("function-fails");

        Assert.Equal("Failed", run.Status);
        Assert.Equal("the function itself fails", run.Output.GetProperty("message").GetString());
        Assert.Equal(["before", "end", "end"], Work(run));
    }

    [Fact]
    public async Task A_wait_ends_with_the_event_that_matches()
    {
        var order = $"{Guid.NewGuid()}";
        var started = await world.SendAsync("wait", new { text = order });
        await world.WaitForStepAsync(started, "paid", "Waiting");

        await world.SendAsync("paid", new { order = "another", amount = 1 });
        await world.SendAsync("paid", new { order, amount = 2 });

        Assert.Equal(2, (await world.WaitForEndAsync(started)).Output.GetInt32());
    }

    [Fact]
    public async Task A_wait_whose_time_is_over_ends_with_nothing() => Assert.Equal("nothing came", (await world.RunAsync("wait-in-vain")).Output.GetString());

    [Fact]
    public async Task Functions_are_invoked_side_by_side_and_give_their_results()
    {
        var run = await world.RunAsync("invoke");

        AssertCompleted(run);
        Assert.Equal(12, run.Output.GetInt32());
    }

    [Theory]
    [InlineData("ops-hopeless", "no paper")]
    [InlineData("ops-nobody", "could not find function with ID: ops-nobody. No registered app has it; its app's id, a dash and the id within the app make its name.")]
    [InlineData("ops-sleepy", "timed out")]
    public async Task What_comes_of_an_invoked_function_that_gives_no_result_can_be_caught(string function, string what) =>
        Assert.Equal($"{function} {what}", (await world.RunAsync("invoke-in-vain", new { text = function })).Output.GetString());

    [Fact]
    public async Task A_signal_wakes_the_run_that_waits_for_it()
    {
        var name = $"{Guid.NewGuid()}";
        var started = await world.SendAsync("wait-for-signal", new { text = name });
        var waiting = await world.WaitForStepAsync(started, "go", "Waiting");

        Assert.Equal(waiting.Id, (await world.RunAsync("send-signal", new { text = name })).Output.GetString());

        Assert.Equal(7, (await world.WaitForEndAsync(started)).Output.GetInt32());
    }

    [Fact]
    public async Task A_request_is_made_by_the_executor()
    {
        var run = await world.RunAsync("fetch", new { text = $"{world.Url}nothing-here" });

        AssertCompleted(run);
        Assert.Equal("""404 {"error":"There is no path '/nothing-here' here.","status":404}""", run.Output.GetString());
    }

    private static void AssertCompleted(SampleRun run) => Assert.True(run.Status == "Completed", run.ToString());

    private static JsonElement Step(SampleRun run, string name) => Assert.Single(run.Steps, step => step.GetProperty("name").GetString() == name);

    private static DateTimeOffset Time(JsonElement element, string name) => element.GetProperty(name).GetDateTimeOffset();

    private string[] Work(SampleRun run) => [.. world.Log.Of(run.Id + " ").Select(line => line[(run.Id.Length + 1)..])];
}
