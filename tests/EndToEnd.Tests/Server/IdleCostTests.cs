using Stepwell.EndToEnd.Tests.Engine;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;
using Xunit.Abstractions;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>What a minute costs in which nothing happens.</summary>
public sealed class IdleCostTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    // An app of --app is asked every five seconds.
    private const int RegistrationsInAMinute = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public async Task An_idle_minute_costs_at_most_sixty_transactions(int shards)
    {
        var looks = await LooksInAMinuteAsync(shards);
        var (sweep, registration) = await BesidesAsync();

        var total = looks + sweep + (RegistrationsInAMinute * registration);
        output.WriteLine($"{shards} shards: {looks} looks at queues, {sweep} requests of the sweep, {registration} of each registration: {total} in a minute.");
        Assert.InRange(looks, shards == 1 ? 30 : 1, 45);
        Assert.InRange(total, 1, 60);
    }

    /// <summary>How often the pump looks at its queues in a minute, once it has come to rest.</summary>
    private static async Task<int> LooksInAMinuteAsync(int shards)
    {
        var time = new SteppedTime();
        var queue = new EmptyQueue(shards);
        await using var test = new TestPump(queue, time);
        await test.Pump.StartAsync(CancellationToken.None);

        var pause = TimeSpan.Zero;
        for (var last = pause; (pause = await time.StepAsync(shards)) > last; last = pause)
        {
            // The pauses still grow.
        }

        // Counted while all rest: a look under way would count here or there as it comes.
        var rest = await time.LongestAsync(shards);
        var before = queue.Looks;
        var passed = TimeSpan.Zero;
        while (passed < TimeSpan.FromMinutes(1))
        {
            time.Advance(rest);
            passed += rest;
            rest = await time.LongestAsync(shards);
        }

        var looks = queue.Looks - before;
        await test.Pump.StopAsync(CancellationToken.None);
        return (int)Math.Ceiling(looks * (TimeSpan.FromMinutes(1) / passed));
    }

    private async Task<(int Sweep, int Registration)> BesidesAsync()
    {
        var client = new StepwellClient("idle", new StepwellOptions { IsDev = true });
        client.CreateFunction(new FunctionOptions("do") { Triggers = [Trigger.On("go")] }, (RunContext<Nothing> run, Step step) => Task.CompletedTask);
        await using var world = await EngineWorld.StartAsync(azurite.ConnectionString, _ => client);
        await world.SendAsync("""{"name":"go","data":{}}""");
        await world.WorkAsync();

        world.Requests.Reset();
        await world.SweepAsync();
        var sweep = world.Requests.Total;
        world.Requests.Reset();
        await world.RegisterAsync();
        return (sweep, world.Requests.Total);
    }
}
