using Microsoft.Extensions.Logging;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Context;

/// <summary>What a function logs, it logs once in the whole of a run.</summary>
public class LoggerTests
{
    [Fact]
    public async Task Each_line_is_logged_once_however_often_the_function_is_replayed()
    {
        var app = TestApp.Serving(async (run, step) =>
        {
            Say(run, "begin");
            for (var i = 0; i < 3; i++)
            {
                await step.RunAsync("work", () => Say(run, $"body {i}"));
                Say(run, $"after {i}");
            }

            await step.SleepAsync("pause", TimeSpan.FromHours(1));
            Say(run, "end");
        });

        await new TestRun(app).FinishAsync();

        Assert.Equal(["begin", "body 0", "after 0", "body 1", "after 1", "body 2", "after 2", "end"], app.Log.Lines);
    }

    [Fact]
    public async Task So_it_is_beside_parallel_steps()
    {
        var app = TestApp.Serving(async (run, step) =>
        {
            Say(run, "begin");
            await Task.WhenAll(ChainAsync("a"), ChainAsync("b"));
            Say(run, "end");

            async Task ChainAsync(string id)
            {
                Say(run, $"{id} begins");
                await step.RunAsync(id, () => Say(run, $"{id} runs"));
                Say(run, $"{id} ends");
            }
        });

        await new TestRun(app).FinishAsync();

        Assert.Equal(["begin", "a begins", "b begins", "a runs", "a ends", "b runs", "b ends", "end"], app.Log.Lines);
    }

    [Fact]
    public async Task A_call_for_one_step_logs_only_what_its_body_does()
    {
        var app = TestApp.Serving(async (run, step) =>
        {
            Say(run, "begin");
            await Task.WhenAll(step.RunAsync("a", () => Say(run, "a runs")), step.RunAsync("b", () => Say(run, "b runs")));
        });

        await app.RunStepAsync("b");

        Assert.Equal(["b runs"], app.Log.Lines);
    }

    [Fact]
    public async Task A_step_that_was_removed_from_the_code_does_not_silence_what_follows()
    {
        var app = TestApp.Serving(async (run, step) =>
        {
            Say(run, "begin");
            await step.RunAsync("first", () => 1);
            Say(run, "after first");
            await step.RunAsync("second", () => 2);
            Say(run, "after second");
        });
        Settled[] before = [Settled.With("first", 1), Settled.With("removed", 1)];

        await app.DiscoverAsync(before);
        await app.DiscoverAsync([.. before, Settled.With("second", 2)]);

        Assert.Equal(["after first", "after second"], app.Log.Lines);
    }

    [Fact]
    public async Task Whoever_asks_first_whether_a_level_is_logged_is_told_the_same()
    {
        var enabled = new List<bool>();
        var app = TestApp.Serving(async (run, step) =>
        {
            enabled.Add(run.Logger.IsEnabled(LogLevel.Error));
            await Task.WhenAll(step.RunAsync("a", () => enabled.Add(run.Logger.IsEnabled(LogLevel.Error))), step.RunAsync("b", () => { }));
        });

        await app.RunStepAsync("a");

        Assert.Equal([false, true], enabled);
    }

    private static void Say(RunContext<Started> run, string line) => run.Logger.Log(LogLevel.Information, 0, line, null, (text, _) => text);
}
