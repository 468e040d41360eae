using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

/// <summary>A function with nothing more to do in a call is left standing; nothing is thrown into it.</summary>
public class SuspensionTests
{
    [Fact]
    public async Task Code_that_catches_everything_sees_nothing_of_it()
    {
        var caught = 0;
        var app = TestApp.Serving(async (_, step) =>
        {
            try
            {
                await step.RunAsync("first", () => 1);
                return await Task.WhenAll(step.RunAsync("second", () => 2), step.RunAsync("third", () => 3));
            }
            catch (Exception)
            {
                caught++;
                throw;
            }
        });

        Assert.Equal("[2,3]", (await new TestRun(app).FinishAsync()).Result());
        Assert.Equal(0, caught);
    }

    [Fact]
    public async Task Finally_and_dispose_run_only_in_the_call_that_comes_to_them()
    {
        var finished = new List<string>();
        var app = TestApp.Serving(async (_, step) =>
        {
            using var held = new Held(() => finished.Add("disposed"));
            await using var heldAsync = new Held(() => finished.Add("disposed asynchronously"));
            try
            {
                await step.RunAsync("first", () => 1);
                await step.SleepAsync("pause", TimeSpan.FromHours(1));
            }
            finally
            {
                finished.Add("finally");
                await step.RunAsync("clean-up", () => finished.Add("cleaned"));
            }
        });

        await app.DiscoverAsync();
        await app.DiscoverAsync(Settled.With("first", 1));
        Assert.Empty(finished);

        var answer = await app.DiscoverAsync(Settled.With("first", 1), Settled.Slept("pause"));
        Assert.Equal("StepRun clean-up", answer.Reported);
        Assert.Equal(["finally", "cleaned"], finished);

        finished.Clear();
        Assert.Equal("null", (await app.DiscoverAsync(Settled.With("first", 1), Settled.Slept("pause"), Settled.With("clean-up", null))).Result());
        Assert.Equal(["finally", "disposed asynchronously", "disposed"], finished);
    }

    [Fact]
    public async Task Each_replay_begins_with_locals_of_its_own()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var log = new List<string> { "begin" };
            log.Add(await step.RunAsync("first", () => "one"));
            log.Add(await step.RunAsync("second", () => "two"));
            return log;
        });

        Assert.Equal("""["begin","one","two"]""", (await new TestRun(app).FinishAsync()).Result());
    }

    private sealed class Held(Action disposed) : IDisposable, IAsyncDisposable
    {
        public void Dispose() => disposed();

        public ValueTask DisposeAsync()
        {
            disposed();
            return ValueTask.CompletedTask;
        }
    }
}
