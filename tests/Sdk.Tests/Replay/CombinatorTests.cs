using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

/// <summary>The other ways of .NET to combine tasks.</summary>
public class CombinatorTests
{
    [Fact]
    public async Task WhenEach_gives_the_steps_in_the_order_in_which_they_were_settled()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var seen = new List<int>();
            await foreach (var done in Task.WhenEach(Enumerable.Range(0, 3).Select(i => step.RunAsync($"s{i}", () => i))))
                seen.Add(await done);

            return seen;
        });

        Assert.Equal("StepPlanned s0, StepPlanned s1, StepPlanned s2", (await app.DiscoverAsync()).Reported);
        Assert.Equal("[2,0,1]", (await app.DiscoverAsync(Settled.With("s2", 2), Settled.With("s0", 0), Settled.With("s1", 1))).Result());
    }

    [Fact]
    public async Task ContinueWith_may_start_the_next_step()
    {
        var app = TestApp.Serving((_, step) =>
            step.RunAsync("first", () => 20).ContinueWith(first => step.RunAsync("second", () => first.Result + 1), TaskScheduler.Default).Unwrap());

        Assert.Equal("StepRun second", (await app.DiscoverAsync(Settled.With("first", 20))).Reported);
        Assert.Equal("21", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task ConfigureAwait_false_changes_nothing()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var first = await step.RunAsync("first", () => 1).ConfigureAwait(false);
            var both = await Task.WhenAll(step.RunAsync("left", () => first + 1), step.RunAsync("right", () => first + 2)).ConfigureAwait(false);
            return both.Sum() + await step.RunAsync("last", () => 10).ConfigureAwait(false);
        });

        Assert.Equal("StepPlanned left, StepPlanned right", (await app.DiscoverAsync(Settled.With("first", 1))).Reported);
        Assert.Equal("15", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task WaitAsync_around_a_step_gives_its_result()
    {
        var app = TestApp.Serving(async (run, step) =>
            await step.RunAsync("first", () => 1).WaitAsync(TimeSpan.FromMinutes(5), run.CancellationToken)
                + await step.RunAsync("second", () => 2).WaitAsync(run.CancellationToken));

        Assert.Equal("3", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task A_value_task_around_steps_is_awaited_like_any_other()
    {
        var app = TestApp.Serving(async (_, step) => await SumAsync(step) + await new ValueTask<int>(step.RunAsync("third", () => 3)));

        Assert.Equal("6", (await new TestRun(app).FinishAsync()).Result());

        static async ValueTask<int> SumAsync(Step step) => await step.RunAsync("first", () => 1) + await step.RunAsync("second", () => 2);
    }

    [Fact]
    public async Task An_async_stream_may_consist_of_steps()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var total = 0;
            await foreach (var page in PagesAsync(step))
                total += await step.RunAsync("add", () => page * 10);

            return total;
        });
        var run = new TestRun(app);

        Assert.Equal("60", (await run.FinishAsync()).Result());
        Assert.Equal("page, add, page:1, add:1, page:2, add:2", run.Order);

        static async IAsyncEnumerable<int> PagesAsync(Step step)
        {
            for (var i = 1; i <= 3; i++)
                yield return await step.RunAsync("page", () => i);
        }
    }

    [Fact]
    public async Task Parallel_ForEachAsync_runs_a_step_for_each()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var total = 0;
            await Parallel.ForEachAsync(Enumerable.Range(1, 6), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (number, _) =>
                Interlocked.Add(ref total, await step.RunAsync($"number-{number}", () => number)));
            return total;
        });
        var run = new TestRun(app);

        Assert.Equal("21", (await run.FinishAsync()).Result());
        Assert.Equal(Enumerable.Range(1, 6).Select(number => $"number-{number}"), run.Order.Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_semaphore_limits_how_many_steps_are_found_at_a_time()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            using var two = new SemaphoreSlim(2);
            return (await Task.WhenAll(Enumerable.Range(0, 5).Select(LimitedAsync))).Sum();

            async Task<int> LimitedAsync(int number)
            {
                await two.WaitAsync();
                try
                {
                    return await step.RunAsync($"s{number}", () => number);
                }
                finally
                {
                    two.Release();
                }
            }
        });

        Assert.Equal("StepPlanned s0, StepPlanned s1", (await app.DiscoverAsync()).Reported);
        Assert.Equal("StepPlanned s0, StepPlanned s2", (await app.DiscoverAsync(Settled.With("s1", 1))).Reported);
        Assert.Equal("10", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task A_yield_between_steps_is_gone_through()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            await Task.Yield();
            var first = await step.RunAsync("first", () => 1);
            await Task.Yield();
            return first + await step.RunAsync("second", () => 1);
        });

        Assert.Equal("StepRun second", (await app.DiscoverAsync(Settled.With("first", 1))).Reported);
        Assert.Equal("2", (await new TestRun(app).FinishAsync()).Result());
    }
}
