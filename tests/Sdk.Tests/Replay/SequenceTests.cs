using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

public class SequenceTests
{
    private static TestApp Adding() => TestApp.Serving(async (run, step) =>
    {
        var first = await step.RunAsync("first", () => 1);
        var second = await step.RunAsync("second", () => first + 1);
        return second + 1;
    });

    [Fact]
    public async Task A_step_found_alone_is_run_at_once()
    {
        var answer = await Adding().DiscoverAsync();

        Assert.Equal(206, answer.Status);
        Assert.Equal("StepRun first", answer.Reported);
        Assert.Contains("\"data\":1", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_immediate_execution_off_a_step_found_alone_is_only_planned()
    {
        var ran = false;
        var app = TestApp.Serving((_, step) => step.RunAsync("first", () => ran = true));

        var answer = await app.CallAsync(new Call { PlansOnly = true });

        Assert.Equal("StepPlanned first", answer.Reported);
        Assert.False(ran);
        Assert.True(Assert.Single(answer.Ops).Race);
    }

    [Fact]
    public async Task A_step_gets_the_results_of_those_before_it()
    {
        var answer = await Adding().DiscoverAsync(Settled.With("first", 10));

        Assert.Equal("StepRun second", answer.Reported);
        Assert.Contains("\"data\":11", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_steps_are_settled_the_function_returns()
    {
        var answer = await Adding().DiscoverAsync(Settled.With("first", 10), Settled.With("second", 20));

        Assert.Equal("21", answer.Result());
    }

    [Fact]
    public async Task A_settled_step_is_not_run_again()
    {
        var runs = new Dictionary<string, int>();
        var app = TestApp.Serving(async (_, step) =>
        {
            foreach (var id in (string[])["a", "b", "c", "d"])
                await step.RunAsync(id, () => runs[id] = runs.GetValueOrDefault(id) + 1);
        });

        await new TestRun(app).FinishAsync();

        Assert.Equal(["a", "b", "c", "d"], runs.Keys);
        Assert.All(runs.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task A_function_without_steps_returns_at_once()
    {
        var answer = await TestApp.Serving((run, _) => Task.FromResult(run.Event.Data.Number)).DiscoverAsync();

        Assert.Equal("7", answer.Result());
    }

    [Fact]
    public async Task Memos_of_steps_that_the_function_no_longer_has_do_not_disturb()
    {
        var answer = await Adding().DiscoverAsync(Settled.With("removed", "x"), Settled.With("first", 10), Settled.With("removed-too", "y"));

        Assert.Equal("StepRun second", answer.Reported);
    }

    [Fact]
    public async Task Steps_may_be_reordered_while_a_run_is_under_way()
    {
        var answer = await Adding().DiscoverAsync(Settled.With("second", 20), Settled.With("first", 10));

        Assert.Equal("21", answer.Result());
    }

    [Fact]
    public async Task A_sleep_is_reported_and_not_slept()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            await step.SleepAsync("pause", TimeSpan.FromDays(2));
            return "rested";
        });

        Assert.Equal("Sleep pause", (await app.DiscoverAsync()).Reported);
        Assert.Equal("\"rested\"", (await app.DiscoverAsync(Settled.Slept("pause"))).Result());
    }
}
