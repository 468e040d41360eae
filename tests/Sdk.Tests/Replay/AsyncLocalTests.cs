using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

public class AsyncLocalTests
{
    private static readonly AsyncLocal<string> s_tenant = new();

    [Fact]
    public async Task What_a_function_sets_is_there_after_its_steps()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            s_tenant.Value = "blue";
            await step.RunAsync("first", () => 1);
            await Task.WhenAll(step.RunAsync("left", () => 1), step.RunAsync("right", () => 1).ContinueWith(_ => { }, TaskScheduler.Default));
            return s_tenant.Value;
        });

        Assert.Equal("\"blue\"", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task Parallel_branches_keep_their_own()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(BranchAsync(step, "blue"), BranchAsync(step, "green")));

        Assert.Equal("""["blue","green"]""", (await new TestRun(app).FinishAsync()).Result());

        static async Task<string> BranchAsync(Step step, string tenant)
        {
            s_tenant.Value = tenant;
            await step.RunAsync($"read-{tenant}", () => 1);
            await step.RunAsync($"write-{tenant}", () => 1).ConfigureAwait(false);
            return s_tenant.Value;
        }
    }

    [Fact]
    public async Task A_steps_body_sees_what_was_set_where_the_step_was_started()
    {
        var app = TestApp.Serving((_, step) =>
        {
            s_tenant.Value = "blue";
            return step.RunAsync("read", () => s_tenant.Value);
        });

        Assert.Equal("\"blue\"", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task What_a_body_sets_does_not_leave_it()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            s_tenant.Value = "blue";
            await step.RunAsync("change", async () =>
            {
                s_tenant.Value = "green";
                await Task.Yield();
                return 1;
            });
            return s_tenant.Value;
        });
        s_tenant.Value = "outside";

        Assert.Equal("\"blue\"", (await new TestRun(app).FinishAsync()).Result());
        Assert.Equal("outside", s_tenant.Value);
    }
}
