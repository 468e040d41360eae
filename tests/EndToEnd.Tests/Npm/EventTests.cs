using System.Text.Json;
using Stepwell.EndToEnd.Tests.Server;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Events that the shipped SDKs send, and the triggers that they register.</summary>
public sealed class EventTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient]
    public async Task Events_sent_in_a_step_start_the_functions_whose_wildcards_cover_them(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var run = await ClientRun.OfAsync(storage, client, "sends", new { key = "k7" });

        Assert.True(run.Run.Status == "Completed", run.Run.ToString());
        var ids = run.Run.Output.EnumerateArray().Select(id => id.GetString()!).ToList();
        Assert.Equal(2, ids.Count);
        (await ClientRun.OfEventAsync(world.Executor, world.AppOf(client), ids[0])).AssertCompleted($"\"{client}/received.one k7\"");
        (await ClientRun.OfEventAsync(world.Executor, world.AppOf(client), ids[1])).AssertCompleted($"\"{client}/received/two k7\"");
    }

    [Theory]
    [ForEachClient]
    public async Task A_trigger_with_a_condition_takes_only_events_that_meet_it(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var small = await world.Executor.SendAsync($"{client}/order", new { amount = 99 });
        var other = await ClientRun.OfAsync(storage, client, "big-order", new { amount = 5 });
        var large = await ClientRun.OfAsync(storage, client, "order", new { amount = 101 });

        large.AssertCompleted("101");
        other.AssertCompleted("5");
        var (_, runs) = await world.Executor.GetAsync($"v1/events/{small}/runs");
        Assert.Equal(0, JsonDocument.Parse(runs).RootElement.GetProperty("data").GetArrayLength());
    }

    [Theory]
    [ForEachClient]
    public async Task Events_that_the_SDK_sends_again_because_the_answer_was_lost_start_their_runs_once(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);
        var events = new[] { new { name = $"{client}/counts", data = new { } }, new { name = $"{client}/counts", data = new { } } };

        var sent = await world.AppOf(client).PostAsync($"send-twice/{client}", events);

        Assert.Equal(2, sent.GetProperty("requests").GetInt32());
        var ids = sent.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!).ToList();
        Assert.Equal(2, ids.Distinct().Count());
        foreach (var id in ids)
        {
            (await ClientRun.OfEventAsync(world.Executor, world.AppOf(client), id)).AssertCompleted($"\"{id}\"");
            Assert.Single(await RunsAsync(world.Executor, id));
        }

        var (_, page) = await world.Executor.GetAsync($"v1/events?name={client}/counts&limit=100");
        Assert.Equal(2, JsonDocument.Parse(page).RootElement.GetProperty("data").EnumerateArray().Count(one => ids.Contains(one.GetProperty("id").GetString()!)));
    }

    private static async Task<List<JsonElement>> RunsAsync(ExecutorServer executor, string eventId)
    {
        var (_, text) = await executor.GetAsync($"v1/events/{eventId}/runs");
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("data").EnumerateArray()];
    }
}
