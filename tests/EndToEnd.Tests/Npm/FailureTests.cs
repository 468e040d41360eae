using System.Text.Json;
using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Functions of the shipped SDKs that fail for good.</summary>
public sealed class FailureTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient]
    public async Task A_step_that_failed_for_good_is_caught_by_the_function(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "caught");

        run.AssertCompleted("""{"name":"TypeError","message":"for good","cause":"the root"}""");
        Assert.Equal(["fails", "fails", "recovers"], run.Work);
    }

    [Theory]
    [ForEachClient]
    public async Task A_failure_that_nobody_catches_fails_the_run(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "uncaught");

        run.AssertFailed("nobody catches this");
        Assert.Equal(["fails", "fails"], run.Work);
    }

    [Theory]
    [ForEachClient]
    public async Task A_step_that_cannot_succeed_is_tried_once_and_can_be_caught(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "non-retriable-step");

        run.AssertCompleted("\"caught: do not try again\"");
        Assert.Equal(["hopeless"], run.Work);
    }

    [Theory]
    [ForEachClient]
    public async Task A_function_that_cannot_succeed_is_tried_once(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "non-retriable-function");

        run.AssertFailed("the function does not try again");
        Assert.Equal(["body"], run.Work);
    }

    [Theory]
    [ForEachClient]
    public async Task The_handler_of_failures_hears_once_of_a_run_that_failed(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "gives-up");

        run.AssertFailed("somebody hears of this");
        var heard = $"heard {client}-gives-up {client}/gives-up: somebody hears of this";
        var world = await ClientWorld.OfAsync(storage);
        var handler = await ClientRun.OfEventAsync(world.Executor, world.AppOf(client), await FailedEventAsync(world.Executor, run.Run.Id));
        handler.AssertCompleted($$"""{"function":"{{client}}-gives-up","event":"{{client}}/gives-up","error":"somebody hears of this"}""");
        Assert.Equal([heard], run.Ledger.WorkOf(run.Run.Id));
    }

    /// <summary>The event that tells of a failed run has the run's id; returns the executor's own id of it.</summary>
    private static async Task<string> FailedEventAsync(ExecutorServer executor, string run) => await Eventually.GetAsync(
        async () =>
        {
            var (_, page) = await executor.GetAsync("v1/events?name=inngest/function.failed&limit=100");
            return JsonDocument.Parse(page).RootElement.GetProperty("data").EnumerateArray()
                .Where(happened => happened.GetProperty("id").GetString() == run)
                .Select(happened => happened.GetProperty("internal_id").GetString())
                .SingleOrDefault();
        },
        () => $"No event tells of the failed run {run}.");
}
