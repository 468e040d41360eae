using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Steps that the shipped SDKs report while a call is under way.</summary>
public sealed class CheckpointTests : IClassFixture<ClientWorlds>
{
    private static readonly string[] s_four = ["step 0", "step 1", "step 2", "step 3"];

    [Theory]
    [ForEachClient]
    public async Task Ten_steps_are_one_call_with_checkpoints_and_eleven_without(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "ten");

        run.AssertCompleted("10");
        Assert.Equal([.. Enumerable.Range(0, 10).Select(i => $"step {i}")], run.Work);
        Assert.Equal(10, run.Run.CompletedSteps.Count);
        Assert.Equal(NpmClient.Of(client).Checkpointing ? 1 : 11, run.Calls);
    }

    [Theory]
    [ForEachClient]
    public async Task Checkpoints_go_on_after_parallel_steps_and_after_a_sleep(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "resumes");

        run.AssertCompleted("3");
        Assert.Equal(
            ["after 0", "after 1", "after 2", "before 0", "before 1", "before 2", "last 0", "last 1", "last 2", "side 1", "side 2"],
            run.Work.Order(StringComparer.Ordinal));

        // Up to the parallel steps, each of them, up to the sleep, and to the end. Version 3 does without checkpoints once steps were parallel.
        if (client == NpmClient.V4Checkpoints.Id)
            Assert.Equal(5, run.Calls);
    }

    // With checkpoints version 3 counts the attempts of one step on for the next.
    [Theory]
    [ForEachClient("v3", "v4", "v4-checkpoints")]
    public async Task A_step_among_checkpoints_is_tried_again_and_the_attempts_of_the_next_begin_anew(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "flaky-among-checkpoints");

        run.AssertCompleted("\"after\"");
        Assert.Equal(["before", "flaky", "flaky", "flaky", "flaky too", "flaky too", "flaky too", "after"], run.Work);
        Assert.Equal([0, 1, 2], run.Ledger.AttemptsOf(run.Run.Id, "flaky"));
        Assert.Equal([0, 1, 2], run.Ledger.AttemptsOf(run.Run.Id, "flaky too"));
    }

    [Theory]
    [ForEachClient("v3-checkpoints", "v4-checkpoints")]
    public async Task A_function_that_wants_no_checkpoints_is_called_for_each_step(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "never-checkpoints");

        run.AssertCompleted("4");
        Assert.Equal(s_four, run.Work);
        Assert.Equal(5, run.Calls);
    }

    [Theory]
    [ForEachClient]
    public async Task A_function_checkpoints_several_steps_at_once(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "checkpoints-in-twos");

        run.AssertCompleted("4");
        Assert.Equal(s_four, run.Work);
        Assert.Equal(1, run.Calls);
    }

    [Theory]
    [ForEachClient]
    public async Task A_function_that_may_run_only_for_so_long_goes_on_in_another_call(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "short-calls");

        run.AssertCompleted("\"done\"");
        Assert.Equal(["slice 0", "slice 1", "slice 2", "slice 3"], run.Work);
        Assert.InRange(run.Calls, 2, 5);
    }

    [Theory]
    [ForEachClient("v3-checkpoints", "v4-checkpoints")]
    public async Task Steps_checkpointed_before_the_app_died_do_not_run_again(Storage storage, string client)
    {
        await using var executor = await ExecutorServer.StartAsync(["--dev", "--retry-interval", "1", .. await ClientWorld.ArgumentsAsync(storage)]);
        using var app = await NpmApp.StartAsync(executor.Url, FreePort.Take(), NpmClient.Of(client));
        await app.RegisterAsync(NpmClient.Of(client));

        var id = await executor.SendAsync($"{client}/crashes-once", new { marker = app.Ledger.NewMarker() });
        await app.WaitUntilEndedAsync();
        var under = await executor.WaitForAsync(id, run => run.CompletedSteps.Count == 2);
        Assert.Equal("Running", under.Status);
        await app.StartAgainAsync();
        var run = await ClientRun.OfEventAsync(executor, app, id);

        run.AssertCompleted("2");
        Assert.Equal(["before 0", "before 1", "crash", "crash", "after 0", "after 1"], run.Work);
    }

    [Theory]
    [InlineData("v3-checkpoints")]
    [InlineData("v4-checkpoints")]
    public async Task Steps_checkpointed_before_the_executor_died_do_not_run_again(string client)
    {
        await using var executor = await ExecutorServer.StartAsync(["--dev", "--retry-interval", "1", .. await ClientWorld.ArgumentsAsync(Storage.Azurite)]);
        using var app = await NpmApp.StartAsync(executor.Url, FreePort.Take(), NpmClient.Of(client));
        await app.RegisterAsync(NpmClient.Of(client));
        var marker = app.Ledger.NewMarker();

        var id = await executor.SendAsync($"{client}/waits-for-file", new { marker });
        var under = await executor.WaitForAsync(id, run => run.CompletedSteps.Count == 2);
        await executor.KillAsync();
        await executor.StartAgainAsync();
        await File.WriteAllTextAsync(marker, "");
        var run = await ClientRun.OfEventAsync(executor, app, id);

        run.AssertCompleted("2");
        Assert.Equal(2, run.Work.Count(what => what.StartsWith("before", StringComparison.Ordinal)));
        Assert.Equal(under.Id, run.Run.Id);
    }
}
