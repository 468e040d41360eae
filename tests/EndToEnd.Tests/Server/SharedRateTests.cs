using System.Collections.Concurrent;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>Rates hold across executors that know of each other only by what is in storage.</summary>
public sealed class SharedRateTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const int Events = 60;

    [Fact]
    public async Task Three_executors_together_let_as_many_runs_start_as_a_rate_limit_says()
    {
        var ten = new FunctionOptions("ten") { Triggers = [Trigger.On("rates/ten")], RateLimit = new(10, TimeSpan.FromHours(1)) };
        await using var executors = await ThreeExecutors.StartAsync(
            azurite, "rates", client => client.CreateFunction(ten, (RunContext<Nothing> run, Step _) => Task.FromResult(run.RunId)), "rates-ten");

        var sent = await SendAsync(executors, "rates/ten");

        Assert.Equal(10, await executors.All[0].CountRunsAsync(sent));
    }

    [Fact]
    public async Task Three_executors_together_start_runs_no_faster_than_a_throttle_says_and_lose_none()
    {
        var started = new ConcurrentQueue<DateTimeOffset>();
        var twenty = new FunctionOptions("twenty") { Triggers = [Trigger.On("rates/twenty")], Throttle = new(20, TimeSpan.FromSeconds(2)) };
        await using var executors = await ThreeExecutors.StartAsync(
            azurite,
            "rates",
            client => client.CreateFunction(twenty, (RunContext<Nothing> run, Step _) =>
            {
                started.Enqueue(DateTimeOffset.UtcNow);
                return Task.FromResult(run.RunId);
            }),
            "rates-twenty");

        var began = DateTimeOffset.UtcNow;
        var sent = await SendAsync(executors, "rates/twenty");
        var runs = await executors.All[0].WaitForEndsAsync(sent);

        Assert.All(runs, run => Assert.True(run.Status == "Completed", run.ToString()));
        Assert.Equal(Events, started.Count);
        // Twenty at once, then one each tenth of a second; the clocks of executors and app are the same.
        Assert.All(started.Order().Select((at, n) => (at, n)), start => Assert.True(start.at >= began + TimeSpan.FromMilliseconds(100 * (start.n - 19)), $"{start.n} was at {start.at - began}"));
    }

    /// <summary>Sends events to all executors at the same time.</summary>
    private static async Task<IReadOnlyList<string>> SendAsync(ThreeExecutors executors, string name) =>
        await Task.WhenAll(Enumerable.Range(0, Events).Select(n => executors.All[n % executors.All.Count].SendAsync(name, new { n })));
}
