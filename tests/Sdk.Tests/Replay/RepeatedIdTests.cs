using Stepwell.Protocol.Ids;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

public class RepeatedIdTests
{
    [Fact]
    public async Task The_same_id_in_a_loop_is_numbered()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var results = new List<int>();
            for (var i = 0; i < 3; i++)
                results.Add(await step.RunAsync("same", () => i * 10));

            return results;
        });
        var run = new TestRun(app);

        Assert.Equal("[0,10,20]", (await run.FinishAsync()).Result());
        Assert.Equal("same, same:1, same:2", run.Order);
    }

    [Fact]
    public async Task The_number_is_part_of_what_is_hashed_and_is_shown_beside_the_id()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(step.RunAsync("same", () => 1), step.RunAsync("same", () => 2)));

        var ops = (await app.DiscoverAsync()).Ops;

        Assert.Equal([StepKey.Hash("same"), StepKey.Hash("same:1")], ops.Select(op => op.Id));
        Assert.Equal([null, 1], ops.Select(op => op.Userland!.Index));
        Assert.All(ops, op => Assert.Equal("same", op.DisplayName));
    }

    [Fact]
    public async Task A_step_that_is_named_like_a_repetition_takes_its_number()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(
            step.RunAsync("same:1", () => "named so"),
            step.RunAsync("same", () => "first"),
            step.RunAsync("same", () => "second")));
        var run = new TestRun(app);

        Assert.Equal("""["named so","first","second"]""", (await run.FinishAsync()).Result());
        Assert.Equal("same:1, same, same:2", run.Order);
    }

    [Fact]
    public async Task A_repetition_that_came_first_moves_the_step_that_is_named_like_it()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(
            step.RunAsync("same", () => "first"),
            step.RunAsync("same", () => "second"),
            step.RunAsync("same:1", () => "named so")));

        var ops = (await app.DiscoverAsync()).Ops;

        Assert.Equal([StepKey.Hash("same"), StepKey.Hash("same:1"), StepKey.Hash("same:1:1")], ops.Select(op => op.Id));
    }

    [Fact]
    public async Task Different_kinds_of_steps_share_the_numbers()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            await step.SleepAsync("same", TimeSpan.FromHours(1));
            return await step.RunAsync("same", () => "worked");
        });
        var run = new TestRun(app);

        Assert.Equal("\"worked\"", (await run.FinishAsync()).Result());
        Assert.Equal("same, same:1", run.Order);
    }
}
