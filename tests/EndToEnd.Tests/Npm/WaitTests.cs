
namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>What functions of the shipped SDKs wait for: events, signals, other functions, and requests that the executor makes.</summary>
public sealed class WaitTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient]
    public async Task An_event_that_matches_ends_a_wait_and_no_other_does(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);
        var order = Guid.NewGuid();
        var started = await StartAsync(world, client, "waits", new { order }, "paid");

        await world.Executor.SendAsync($"{client}/paid", new { order, amount = 10 });
        await world.Executor.SendAsync($"{client}/paid", new { order = Guid.NewGuid(), amount = 11 });
        await world.Executor.SendAsync($"{client}/paid", new { order, amount = 12 });

        var run = await ClientRun.OfEventAsync(world.Executor, world.AppOf(client), started);
        run.AssertCompleted($$$"""{"name":"{{{client}}}/paid","data":{"order":"{{{order}}}","amount":12}}""");
    }

    [Theory]
    [ForEachClient]
    public async Task A_wait_whose_time_is_over_gives_null(Storage storage, string client) =>
        (await ClientRun.OfAsync(storage, client, "waits-in-vain")).AssertCompleted("null");

    [Theory]
    [ForEachClient]
    public async Task A_wait_does_not_miss_an_event_that_is_sent_beside_it(Storage storage, string client) =>
        (await ClientRun.OfAsync(storage, client, "waits-beside-its-event", new { key = Guid.NewGuid() })).AssertCompleted("\"hello\"");

    [Theory]
    [ForEachClient]
    public async Task Functions_are_invoked_and_give_their_results(Storage storage, string client) =>
        (await ClientRun.OfAsync(storage, client, "invokes")).AssertCompleted("[2,4,6,8]");

    [Theory]
    [ForEachClient]
    public async Task What_an_invoked_function_throws_can_be_caught(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "invokes-what-fails");

        Assert.True(run.Run.Status == "Completed", run.Run.ToString());
        Assert.Equal("no paper", run.Run.Output.GetProperty("message").GetString());
    }

    [Theory]
    [ForEachClient]
    public async Task A_function_that_is_not_there_is_an_error_that_can_be_caught(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "invokes-nobody");

        Assert.Contains("could not find function with ID", run.Run.Output.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [ForEachClient]
    public async Task An_invoked_function_that_takes_too_long_is_an_error_that_can_be_caught(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "invokes-what-takes-too-long");

        Assert.Contains("Timed out waiting for invoked function to complete", run.Run.Output.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [ForEachClient]
    public async Task A_signal_that_one_function_sends_wakes_the_other_that_waits_for_it(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);
        var key = Guid.NewGuid();
        var started = await StartAsync(world, client, "waits-for-a-signal", new { key }, "go");
        var waiting = await world.Executor.WaitForAsync(started, _ => true);

        var sent = await ClientRun.OfAsync(storage, client, "sends-a-signal", new { key });

        sent.AssertCompleted($$"""{"runId":"{{waiting.Id}}"}""");
        (await ClientRun.OfEventAsync(world.Executor, world.AppOf(client), started)).AssertCompleted($$$"""{"signal":"{{{client}}}-{{{key}}}","data":{"approved":true}}""");
    }

    [Theory]
    [ForEachClient]
    public async Task A_signal_that_nobody_waits_for_is_no_error(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "sends-a-signal", new { key = "nobody" });

        Assert.True(run.Run.Status == "Completed", run.Run.ToString());
    }

    [Theory]
    [ForEachClient]
    public async Task A_request_is_made_by_the_executor_and_its_answer_given_to_the_function(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var run = await ClientRun.OfAsync(storage, client, "fetches", new { url = new Uri(world.Executor.Url, "v1/signals") });

        run.AssertCompleted("""{"status":404,"body":{"error":"No signal found","status":404}}""");
        Assert.Equal("Gateway", Assert.Single(run.Run.Steps).GetProperty("op").GetString());
    }

    /// <summary>Starts a function and waits until it stands at a step.</summary>
    private static async Task<string> StartAsync(ClientWorld world, string client, string function, object data, string step)
    {
        var started = await world.Executor.SendAsync($"{client}/{function}", data);
        await world.Executor.WaitForAsync(started, run => run.Steps.Any(one => one.GetProperty("name").GetString() == step && one.GetProperty("status").GetString() == "Waiting"));
        return started;
    }
}
