using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

public class WhenAnyTests
{
    private static TestApp Racing() => TestApp.Serving(async (_, step) =>
    {
        var left = step.RunAsync("left", () => "left");
        var right = step.RunAsync("right", () => "right");
        var winner = await await Task.WhenAny(left, right);
        return await step.RunAsync($"after-{winner}", () => $"{winner} won");
    });

    [Fact]
    public async Task The_runners_are_planned_together() =>
        Assert.Equal("StepPlanned left, StepPlanned right", (await Racing().DiscoverAsync()).Reported);

    [Theory]
    [InlineData("left", "right")]
    [InlineData("right", "left")]
    public async Task At_every_replay_the_one_that_was_settled_first_wins(string first, string second)
    {
        var app = Racing();

        var alone = await app.CallAsync(new Call { Settled = [Settled.With(first, first)], PlansOnly = true });
        var both = await app.DiscoverAsync(Settled.With(first, first), Settled.With(second, second));
        var later = await app.DiscoverAsync(Settled.With(first, first), Settled.With(second, second), Settled.With($"after-{first}", "done"));

        Assert.Equal($"StepPlanned {second}, StepPlanned after-{first}", alone.Reported);
        Assert.Equal($"StepRun after-{first}", both.Reported);
        Assert.Equal("\"done\"", later.Result());
    }

    [Fact]
    public async Task The_loser_may_be_pending_when_the_function_returns()
    {
        var answer = await Racing().DiscoverAsync(Settled.With("right", "right"), Settled.With("after-right", "done"));

        Assert.Equal("\"done\"", answer.Result());
    }

    [Fact]
    public async Task A_failure_of_the_loser_disturbs_nobody()
    {
        var answer = await Racing().DiscoverAsync(
            Settled.With("right", "right"), Settled.Failed("left", """{"name":"Error","message":"too late"}"""), Settled.With("after-right", "done"));

        Assert.Equal("\"done\"", answer.Result());
    }

    [Fact]
    public async Task A_sleep_beside_a_step_is_a_time_limit()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var work = step.RunAsync("work", () => "done");
            var limit = step.SleepAsync("limit", TimeSpan.FromHours(1));
            return await Task.WhenAny(work, limit) == limit ? "too slow" : await work;
        });

        Assert.Equal("\"done\"", (await new TestRun(app).FinishAsync()).Result());
        Assert.Equal("\"too slow\"", (await new TestRun(app) { Next = count => count - 1 }.FinishAsync()).Result());
    }

    [Fact]
    public async Task Taking_one_after_the_other_as_they_come_keeps_their_order()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var left = Enumerable.Range(0, 3).Select(i => step.RunAsync($"s{i}", () => i)).ToList();
            var order = new List<int>();
            while (left.Count > 0)
            {
                var next = await Task.WhenAny(left);
                left.Remove(next);
                order.Add(await step.RunAsync($"after-{await next}", () => next.Result));
            }

            return order;
        });
        var run = new TestRun(app) { Next = count => count - 1 };

        var result = (await run.FinishAsync()).Result();

        Assert.Equal(string.Concat(run.Order.Split(", ").Where(name => name[0] == 's').Select(name => name[1])), string.Concat(result.Where(char.IsDigit)));
    }
}
