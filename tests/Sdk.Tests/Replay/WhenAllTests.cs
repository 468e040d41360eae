using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

public class WhenAllTests
{
    private static TestApp Chains() => TestApp.Serving((_, step) => Task.WhenAll(Enumerable.Range(1, 3).Select(async number =>
    {
        var read = await step.RunAsync($"read-{number}", () => number);
        var doubled = await step.RunAsync($"double-{number}", () => read * 2);
        return await step.RunAsync($"write-{number}", () => doubled + 1);
    })));

    [Fact]
    public async Task All_its_steps_are_planned_in_one_call_and_none_is_run()
    {
        var ran = 0;
        var app = TestApp.Serving((_, step) => Task.WhenAll(Enumerable.Range(0, 4).Select(i => step.RunAsync($"s{i}", () => ++ran))));

        var answer = await app.DiscoverAsync();

        Assert.Equal("StepPlanned s0, StepPlanned s1, StepPlanned s2, StepPlanned s3", answer.Reported);
        Assert.Equal(0, ran);
    }

    [Fact]
    public async Task Parallel_ops_are_marked_as_race_so_that_each_one_lets_the_function_go_on()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(step.RunAsync("a", () => 1), step.SleepAsync("b", TimeSpan.FromMinutes(1))));

        var ops = (await app.DiscoverAsync()).Ops;

        Assert.Equal(2, ops.Count);
        Assert.All(ops, op => Assert.True(op.Race));
        Assert.True(Assert.IsType<StepRunOp>(Assert.Single((await app.RunStepAsync("a")).Ops)).Race);
    }

    [Fact]
    public async Task Results_come_in_the_order_of_the_tasks_whatever_the_order_of_completion()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(Enumerable.Range(0, 3).Select(i => step.RunAsync($"s{i}", () => i))));

        var answer = await app.DiscoverAsync(Settled.With("s2", 2), Settled.With("s0", 0), Settled.With("s1", 1));

        Assert.Equal("[0,1,2]", answer.Result());
    }

    [Fact]
    public async Task While_a_sibling_is_pending_it_is_reported_again_and_not_run()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(step.RunAsync("a", () => 1), step.RunAsync("b", () => 2)));

        var answer = await app.CallAsync(new Call { Settled = [Settled.With("b", 2)], PlansOnly = true });

        Assert.Equal("StepPlanned a", answer.Reported);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Chains_run_to_their_ends_whichever_link_is_settled_first(int choice)
    {
        var run = new TestRun(Chains()) { Next = count => choice switch { 0 => 0, 1 => count - 1, _ => count / 2 } };

        Assert.Equal("[3,5,7]", (await run.FinishAsync()).Result());
    }

    [Fact]
    public async Task A_chain_goes_on_while_the_others_wait()
    {
        var answer = await Chains().CallAsync(new Call { Settled = [Settled.With("read-2", 2)], PlansOnly = true });

        Assert.Equal("StepPlanned read-1, StepPlanned read-3, StepPlanned double-2", answer.Reported);
    }

    [Fact]
    public async Task Nested_groups_are_found_as_a_whole()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var groups = await Task.WhenAll(
                Task.WhenAll(step.RunAsync("a", () => 1), step.RunAsync("b", () => 2)),
                Task.WhenAll(step.RunAsync("c", () => 3), SumAsync(step.RunAsync("d", () => 4), step.RunAsync("e", () => 5))));
            return groups.Sum(group => group.Sum());
        });

        Assert.Equal("StepPlanned a, StepPlanned b, StepPlanned c, StepPlanned d, StepPlanned e", (await app.DiscoverAsync()).Reported);
        Assert.Equal("15", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task A_failed_sibling_fails_the_group_and_the_others_results_are_kept()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var good = step.RunAsync("good", () => 1);
            try
            {
                await Task.WhenAll(good, step.RunAsync("bad", Refused));
                return -1;
            }
            catch (StepFailedException exception)
            {
                return exception.Step == "bad" ? await good : -2;
            }
        });

        Assert.Equal("1", (await new TestRun(app).FinishAsync()).Result());
    }

    private static int Refused() => throw new NonRetriableException("no");

    private static async Task<int> SumAsync(params Task<int>[] tasks) => (await Task.WhenAll(tasks)).Sum();
}
