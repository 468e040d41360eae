using System.Text.Json;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;
using Xunit.Abstractions;

namespace Stepwell.EndToEnd.Tests.Engine;

/// <summary>What an event costs for which very many wait.</summary>
public sealed class ManyWaitsTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private const int Waits = 10_000;
    private const string Topic = "event/paid";

    [Fact]
    public async Task An_event_finds_the_one_of_ten_thousand_waits_that_it_is_for_with_a_handful_of_transactions()
    {
        var client = new StepwellClient("costs", new StepwellOptions { IsDev = true });
        client.CreateFunction(new FunctionOptions("waits") { Triggers = [Trigger.On("go")] }, async (RunContext<JsonElement> _, Step step) =>
            (await step.WaitForEventAsync("paid", "paid", TimeSpan.FromDays(1), "async.data.id == event.data.id"))?.Data.GetProperty("amount"));
        await using var world = await EngineWorld.StartAsync(azurite.ConnectionString, _ => client);
        var eventId = await world.SendAsync("""{"name":"go","data":{"id":"k0"}}""");
        await world.WorkAsync();
        var alone = await LeastCostAsync(world, """{"name":"paid","data":{"id":"nobody either"}}""");
        await AddOthersAsync(world.Waits);

        var missed = await LeastCostAsync(world, """{"name":"paid","data":{"id":"nobody at all"}}""");
        var found = await CostAsync(world, """{"name":"paid","data":{"id":"k0","amount":7}}""");

        output.WriteLine($"An event that nobody waits for: {alone} transactions beside one wait, {missed} beside {Waits}; one that a run waits for: {found}.");
        Assert.Equal(alone, missed);
        Assert.InRange(found, 1, 8);
        await world.WorkAsync();
        Assert.Equal(7, (await world.RunOfAsync(eventId)).GetProperty("output").GetInt32());
    }

    /// <summary>What an event costs that finds nobody, however slow the machine is: after a second the apps are read once more.</summary>
    private static async Task<int> LeastCostAsync(EngineWorld world, string happened) =>
        Math.Min(await CostAsync(world, happened), Math.Min(await CostAsync(world, happened), await CostAsync(world, happened)));

    private static async Task<int> CostAsync(EngineWorld world, string happened)
    {
        // The one before it reads the registered apps if that has to be done again, and finds tables missing.
        await world.SendAsync("""{"name":"paid","data":{"id":"nobody"}}""");
        world.Requests.Reset();
        await world.SendAsync(happened);
        return world.Requests.Total;
    }

    /// <summary>Adds waits of other runs, each for a value of its own, where the first one's is found.</summary>
    private static async Task AddOthersAsync(IWaitStore waits)
    {
        var fields = Assert.Single(await waits.FieldsAsync(Topic, CancellationToken.None));
        await Parallel.ForEachAsync(Enumerable.Range(1, Waits - 1), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, cancellationToken) =>
        {
            var run = RunId.Parse(Ulid.NewUlid(DateTimeOffset.UtcNow).ToString());
            var step = StepKey.Hash("paid");
            await waits.AddAsync(new StoredWait { Place = new WaitPlace(Topic, fields, $"[\"k{n}\"]"), Slot = StoredWait.SlotOf(run, step), Run = run, Step = step }, cancellationToken);
        });
    }
}
