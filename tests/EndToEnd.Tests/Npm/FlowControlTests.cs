using System.Text.Json;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>What functions of the shipped SDKs ask for in their configuration.</summary>
public sealed class FlowControlTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient]
    public async Task No_more_steps_run_at_a_time_than_the_limit(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var runs = await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/limited", 8));

        Assert.All(runs, run => Assert.True(run.Status == "Completed", run.ToString()));
        Assert.InRange(runs.Max(run => run.Output.GetInt32()), 1, 2);
    }

    [Theory]
    [ForEachClient]
    public async Task A_throttle_puts_runs_off(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var runs = await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/throttled", 3));

        var ended = runs.Select(run => run.EndedAt).Order().ToList();
        // The first and the third are to start 16 seconds apart; on a slow machine the first may be late.
        Assert.True(ended[2] - ended[0] > TimeSpan.FromSeconds(8), string.Join(", ", ended));
    }

    [Theory]
    [ForEachClient]
    public async Task A_rate_limit_drops_events(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        Assert.Equal(2, await world.Executor.CountRunsAsync(await world.Executor.SendNumberedAsync($"{client}/rate-limited", 5)));
    }

    [Theory]
    [ForEachClient]
    public async Task An_idempotency_key_lets_one_run_start(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        Assert.Equal(1, await world.Executor.CountRunsAsync(await world.Executor.SendNumberedAsync($"{client}/once", 5)));
    }

    [Theory]
    [ForEachClient]
    public async Task A_debounced_function_runs_once_with_the_last_event(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var run = Assert.Single((await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/debounced", 4))).DistinctBy(run => run.Id));

        Assert.Equal(3, run.Output.GetInt32());
    }

    [Theory]
    [ForEachClient]
    public async Task A_batch_gathers_events(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var runs = (await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/batched", 4))).DistinctBy(run => run.Id);

        Assert.Equal(["[0,1,2]", "[3]"], runs.Select(run => run.Output.GetRawText()).Order());
    }

    [Theory]
    [ForEachClient]
    public async Task A_singleton_skips_a_second_run(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var runs = await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/alone", 2));

        Assert.Equal(["Completed", "Skipped"], runs.Select(run => run.Status).Order());
    }

    [Theory]
    [ForEachClient]
    public async Task A_singleton_that_cancels_keeps_the_newest_run(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var runs = await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/newest", 2));

        Assert.Equal(["Cancelled", "Completed"], runs.Select(run => run.Status));
    }

    [Theory]
    [ForEachClient]
    public async Task An_event_cancels_the_run_that_it_is_about(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);
        var (one, other) = (await world.Executor.SendNumberedAsync($"{client}/cancellable", 1), await world.Executor.SendNumberedAsync($"{client}/cancellable", 1));
        var (_, sent) = await world.Executor.GetAsync($"v1/events/{one[0]}");
        var key = JsonDocument.Parse(sent).RootElement.GetProperty("data").GetProperty("data").GetProperty("key").GetString();

        await world.Executor.SendAsync($"{client}/stop", new { key });

        Assert.Equal("Cancelled", Assert.Single(await world.Executor.WaitForEndsAsync(one)).Status);
        Assert.False((await world.Executor.WaitForAsync(other[0], _ => true)).Ended);
    }

    [Theory]
    [ForEachClient]
    public async Task A_run_that_takes_too_long_is_cancelled(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        Assert.Equal("Cancelled", Assert.Single(await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/hurried", 1))).Status);
    }

    [Theory]
    [ForEachClient]
    public async Task A_schedule_starts_the_function_each_minute(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var run = await Eventually.GetAsync(
            async () =>
            {
                var (_, page) = await world.Executor.GetAsync("v1/events?name=inngest/scheduled.timer&limit=100");
                foreach (var tick in JsonDocument.Parse(page).RootElement.GetProperty("data").EnumerateArray())
                {
                    var (_, runs) = await world.Executor.GetAsync($"v1/events/{tick.GetProperty("id").GetString()}/runs");
                    if (JsonDocument.Parse(runs).RootElement.GetProperty("data").EnumerateArray().FirstOrDefault(one => one.GetProperty("function_id").GetString() == $"{client}-every-minute" && one.GetProperty("status").GetString() == "Completed") is { ValueKind: JsonValueKind.Object } found)
                        return found.GetProperty("output").GetString();
                }

                return null;
            },
            () => $"The schedule of {client} has not fired.\n{world.Executor.Output}");

        Assert.Equal("TZ=Europe/Berlin * * * * *", run);
    }
}
