namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>When and how often events start functions of the shipped SDKs, as their configuration asks.</summary>
public sealed class StartControlTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient("v3", "v4-checkpoints")]
    public async Task A_throttle_puts_runs_off(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var runs = await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/throttled", 3));

        var ended = runs.Select(run => run.EndedAt).Order().ToList();
        // The first and the third are to start 16 seconds apart; on a slow machine the first may be late.
        Assert.True(ended[2] - ended[0] > TimeSpan.FromSeconds(8), string.Join(", ", ended));
    }

    [Theory]
    [ForEachClient("v3", "v4-checkpoints")]
    public async Task A_rate_limit_drops_events(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        Assert.Equal(2, await world.Executor.CountRunsAsync(await world.Executor.SendNumberedAsync($"{client}/rate-limited", 5)));
    }

    [Theory]
    [ForEachClient("v3", "v4-checkpoints")]
    public async Task An_idempotency_key_lets_one_run_start(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        Assert.Equal(1, await world.Executor.CountRunsAsync(await world.Executor.SendNumberedAsync($"{client}/once", 5)));
    }

    [Theory]
    [ForEachClient("v3", "v4-checkpoints")]
    public async Task A_debounced_function_runs_once_with_the_last_event(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var run = Assert.Single((await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/debounced", 4))).DistinctBy(run => run.Id));

        Assert.Equal(3, run.Output.GetInt32());
    }

    [Theory]
    [ForEachClient("v3", "v4-checkpoints")]
    public async Task A_batch_gathers_events(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var runs = (await world.Executor.WaitForEndsAsync(await world.Executor.SendNumberedAsync($"{client}/batched", 4))).DistinctBy(run => run.Id);

        Assert.Equal(["[0,1,2]", "[3]"], runs.Select(run => run.Output.GetRawText()).Order());
    }
}
