using System.Text.Json;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>
/// What functions of the shipped SDKs ask for in their configuration. What becomes of it does not depend on how they report their steps, so one client of
/// each SDK stands for all.
/// </summary>
public sealed class FlowControlTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient("v3", "v4-checkpoints")]
    public async Task No_more_steps_run_at_a_time_than_the_limit(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var runs = await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/limited", 8));

        Assert.All(runs, run => Assert.True(run.Status == "Completed", run.ToString()));
        Assert.InRange(runs.Max(run => run.Output.GetInt32()), 1, 2);
    }

    [Theory]
    [ForEachClient("v3", "v4-checkpoints")]
    public async Task A_singleton_skips_a_second_run(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var runs = await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/alone", 2));

        Assert.Equal(["Completed", "Skipped"], runs.Select(run => run.Status).Order());
    }

    [Theory]
    [ForEachClient("v3", "v4-checkpoints")]
    public async Task A_singleton_that_cancels_keeps_the_newest_run(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var runs = await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/newest", 2));

        Assert.Equal(["Cancelled", "Completed"], runs.Select(run => run.Status));
    }

    [Theory]
    [ForEachClient("v3", "v4-checkpoints")]
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
    [ForEachClient("v3", "v4-checkpoints")]
    public async Task A_run_that_takes_too_long_is_cancelled(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        Assert.Equal("Cancelled", Assert.Single(await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/hurried", 1))).Status);
    }
}
