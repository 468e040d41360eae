using System.Net;
using System.Text.Json;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>What C# functions ask for beside their code, with the executor as a process on Azurite and the app behind HTTP.</summary>
public abstract class FlowControlTests(FlowWorld world)
{
    private ExecutorServer Executor => world.Executor;

    [Fact]
    public async Task No_more_steps_run_at_a_time_than_the_limit()
    {
        var runs = await Executor.WaitForEndsAsync(await Executor.SendNumberedAsync("flow/limited", 8));

        Assert.All(runs, run => Assert.True(run.Status == "Completed", run.ToString()));
        Assert.InRange(runs.Max(run => run.Output.GetInt32()), 1, 2);
    }

    [Fact]
    public async Task What_has_priority_goes_before_what_came_first()
    {
        var key = Guid.NewGuid();
        var ids = new List<string> { await Executor.SendAsync("flow/one-by-one", new { n = 0, key, p = 0 }) };
        await world.Log.WaitForAsync($"{key} begin 0");
        for (var n = 1; n <= 6; n++)
            ids.Add(await Executor.SendAsync("flow/one-by-one", new { n, key, p = n == 6 ? 600 : 0 }));
        world.Log.Add($"{key} all are there");

        await Executor.WaitForEndsAsync(ids);

        var order = world.Log.Of($"{key} begin").Select(line => line.Split(' ')[^1]).ToList();
        Assert.Equal(7, order.Count);
        Assert.True(order.IndexOf("6") < order.IndexOf("5"), string.Join(", ", order));
    }

    [Fact]
    public async Task A_throttle_puts_runs_off()
    {
        var runs = await Executor.WaitForEndsAsync(await Executor.SendNumberedAsync("flow/throttled", 3));

        var ended = runs.Select(run => run.EndedAt).Order().ToList();
        // The first and the third are to start 16 seconds apart; on a slow machine the first may be late.
        Assert.True(ended[2] - ended[0] > TimeSpan.FromSeconds(8), string.Join(", ", ended));
    }

    [Fact]
    public async Task A_rate_limit_drops_events() => Assert.Equal(2, await Executor.CountRunsAsync(await Executor.SendNumberedAsync("flow/rate-limited", 5)));

    [Fact]
    public async Task An_idempotency_key_lets_one_run_start() => Assert.Equal(1, await Executor.CountRunsAsync(await Executor.SendNumberedAsync("flow/once", 5)));

    [Fact]
    public async Task A_debounced_function_runs_once_with_the_last_event()
    {
        var run = Assert.Single((await Executor.WaitForEndsAsync(await Executor.SendNumberedAsync("flow/debounced", 4))).DistinctBy(run => run.Id));

        Assert.Equal(3, run.Output.GetInt32());
    }

    [Fact]
    public async Task A_batch_gathers_events()
    {
        var runs = (await Executor.WaitForEndsAsync(await Executor.SendNumberedAsync("flow/batched", 4))).DistinctBy(run => run.Id);

        Assert.Equal(["[0,1,2]", "[3]"], runs.Select(run => run.Output.GetRawText()).Order());
    }

    [Fact]
    public async Task A_singleton_skips_a_second_run()
    {
        var runs = await Executor.WaitForEndsAsync(await Executor.SendNumberedAsync("flow/alone", 2));

        Assert.Equal(["Completed", "Skipped"], runs.Select(run => run.Status).Order());
    }

    [Fact]
    public async Task A_singleton_that_cancels_keeps_the_newest_run()
    {
        var runs = await Executor.WaitForEndsAsync(await Executor.SendNumberedAsync("flow/newest", 2));

        Assert.Equal(["Cancelled", "Completed"], runs.Select(run => run.Status));
    }

    [Fact]
    public async Task An_event_cancels_the_run_that_it_is_about()
    {
        var (key, other) = (Guid.NewGuid(), Guid.NewGuid());
        var stopped = await Executor.SendAsync("flow/cancellable", new { n = 0, key });
        var left = await Executor.SendAsync("flow/cancellable", new { n = 1, key = other });

        await Executor.SendAsync("flow/stop", new { key });

        Assert.Equal("Cancelled", (await Executor.WaitForEndAsync(stopped)).Status);
        Assert.False((await Executor.WaitForAsync(left, _ => true)).Ended);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_cancelled() =>
        Assert.Equal("Cancelled", Assert.Single(await Executor.WaitForEndsAsync(await Executor.SendNumberedAsync("flow/hurried", 1))).Status);

    [Fact]
    public async Task A_run_that_does_not_start_in_time_is_cancelled_without_a_call()
    {
        var key = Guid.NewGuid();
        var first = await Executor.SendAsync("flow/late", new { n = 0, key, p = 0 });
        await world.Log.WaitForAsync($"{key} late 0");
        var second = await Executor.SendAsync("flow/late", new { n = 1, key, p = 0 });

        Assert.Equal("Cancelled", (await Executor.WaitForEndAsync(second)).Status);
        world.Log.Add($"{key} is over");
        Assert.Equal("Completed", (await Executor.WaitForEndAsync(first)).Status);
        Assert.Equal(0, world.Log.Count($"{key} late 1"));
    }

    [Fact]
    public async Task Runs_are_cancelled_in_bulk_by_function_condition_and_time_and_their_end_is_told()
    {
        var ids = await Executor.SendNumberedAsync("flow/sleeper", 3);
        await Task.WhenAll(ids.Select(id => Executor.WaitForAsync(id, run => run.Steps.Count == 1)));
        var key = await KeyOfAsync(ids[0]);

        var none = await CancelAsync(new { app_id = "flow", function_id = "sleeper", started_before = DateTimeOffset.UtcNow.AddHours(-1) });
        var two = await CancelAsync(new { app_id = "flow", function_id = "sleeper", started_after = DateTimeOffset.UtcNow.AddHours(-1), @if = $"event.data.key == '{key}' && event.data.n > 0" });

        Assert.Equal(0, none.GetProperty("cancelled").GetInt32());
        Assert.Equal(2, two.GetProperty("cancelled").GetInt32());
        Assert.False((await Executor.WaitForAsync(ids[0], _ => true)).Ended);
        foreach (var run in await Executor.WaitForEndsAsync(ids[1..]))
        {
            Assert.Equal("Cancelled", run.Status);
            await world.Log.WaitForAsync($"{run.Id} was cancelled");
        }
    }

    [Theory]
    [InlineData("""{"app_id":"flow"}""", "function_id is missing.")]
    [InlineData("""{"app_id":"flow","function_id":"sleeper","if":"event.data.n >"}""", "if is 'event.data.n >'")]
    [InlineData("""{"app_id":"flow","function_id":"sleeper","started_after":"soon"}""", "started_after is 'soon'")]
    [InlineData("""{"app_id":"flow","function_id":"sleeper","started_before":"2999-01-01T00:00:00Z"}""", "it must not be in the future")]
    [InlineData("[]", "The body must be an object")]
    public async Task A_cancellation_that_is_unclear_is_refused_with_a_sentence(string body, string sentence)
    {
        var (status, text) = await Executor.PostAsync("v1/cancellations", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(sentence, JsonDocument.Parse(text).RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_function_is_skipped_until_it_is_resumed()
    {
        Assert.Equal(HttpStatusCode.OK, (await Executor.PostAsync("v1/functions/flow-paused/pause", "")).Status);
        var skipped = await Executor.WaitForEndAsync((await Executor.SendNumberedAsync("flow/paused", 1))[0]);
        Assert.Equal(HttpStatusCode.OK, (await Executor.PostAsync("v1/functions/flow-paused/resume", "")).Status);
        var run = await Executor.WaitForEndAsync((await Executor.SendNumberedAsync("flow/paused", 1))[0]);

        Assert.Equal(("Skipped", "Completed"), (skipped.Status, run.Status));
        Assert.Equal(HttpStatusCode.NotFound, (await Executor.PostAsync("v1/functions/flow-unknown/pause", "")).Status);
    }

    [Fact]
    public async Task The_failure_of_a_function_is_told_to_its_handler()
    {
        var run = Assert.Single(await Executor.WaitForEndsAsync(await Executor.SendNumberedAsync("flow/failing", 1)));

        Assert.Equal("Failed", run.Status);
        await world.Log.WaitForAsync($"{run.Id} failed: number 0");
    }

    [Fact]
    public async Task A_schedule_starts_the_function_each_minute()
    {
        var cron = await Eventually.GetAsync(FindAsync, () => $"The schedule has not fired.\n{Executor.Output}");

        Assert.Equal("TZ=Europe/Berlin * * * * *", cron);

        async Task<string?> FindAsync()
        {
            var (_, page) = await Executor.GetAsync("v1/events?name=inngest/scheduled.timer&limit=100");
            foreach (var tick in JsonDocument.Parse(page).RootElement.GetProperty("data").EnumerateArray())
            {
                var (_, runs) = await Executor.GetAsync($"v1/events/{tick.GetProperty("id").GetString()}/runs");
                var run = Assert.Single(JsonDocument.Parse(runs).RootElement.GetProperty("data").EnumerateArray());
                if (run.GetProperty("status").GetString() == "Completed")
                    return run.GetProperty("output").GetString();
            }

            return null;
        }
    }

    private async Task<string> KeyOfAsync(string eventId)
    {
        var (_, sent) = await Executor.GetAsync($"v1/events/{eventId}");
        return JsonDocument.Parse(sent).RootElement.GetProperty("data").GetProperty("data").GetProperty("key").GetString()!;
    }

    private async Task<JsonElement> CancelAsync(object which)
    {
        var (status, text) = await Executor.PostAsync("v1/cancellations", JsonSerializer.Serialize(which));
        Assert.True(status == HttpStatusCode.Created, $"{status}: {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }
}
