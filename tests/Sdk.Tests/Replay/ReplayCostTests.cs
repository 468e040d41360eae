using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

/// <summary>Four times the steps cost about four times as much: nothing grows with their square.</summary>
[Collection(AloneCollection.Name)]
public class ReplayCostTests
{
    private const int Few = 500;
    private const int Many = 4 * Few;

    // A cost that grew with the square would be 16 times as high.
    private const double MostTimes = 6;

    [Fact]
    public Task In_sequence() => RequireAsync(count => TestApp.Serving(async (_, step) =>
    {
        for (var i = 0; i < count; i++)
            await step.RunAsync($"s{i}", () => i);
    }));

    [Fact]
    public Task In_a_loop_with_one_id() => RequireAsync(
        count => TestApp.Serving(async (_, step) =>
        {
            for (var i = 0; i < count; i++)
                await step.RunAsync("same", () => i);
        }),
        i => i == 0 ? "same" : $"same:{i}");

    [Fact]
    public Task In_parallel() => RequireAsync(count => TestApp.Serving((_, step) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => step.RunAsync($"s{i}", () => i)))));

    [Fact]
    public Task Without_returning_to_the_context() => RequireAsync(count => TestApp.Serving(async (_, step) =>
    {
        for (var i = 0; i < count; i++)
            await step.RunAsync($"s{i}", () => i).ConfigureAwait(false);
    }));

    [Fact]
    public async Task A_sequence_comes_from_the_pump_alone_so_its_thread_is_kept()
    {
        var threads = new HashSet<int>();
        var app = TestApp.Serving(async (_, step) =>
        {
            for (var i = 0; i < Few; i++)
            {
                await step.RunAsync($"s{i}", () => i);
                if (i > 0)
                    threads.Add(Environment.CurrentManagedThreadId);
            }
        });

        Assert.Equal("null", (await app.CallAsync(Settling(Few, i => $"s{i}"))).Result());
        Assert.Single(threads);
    }

    private static Call Settling(int count, Func<int, string> name) => new() { Settled = [.. Enumerable.Range(0, count).Select(i => Settled.With(name(i), i))] };

    private static async Task RequireAsync(Func<int, TestApp> make, Func<int, string>? name = null)
    {
        name ??= i => $"s{i}";
        var few = await CostAsync(make(Few), Settling(Few, name));
        var many = await CostAsync(make(Many), Settling(Many, name));

        Assert.InRange((double)many / few, 1, MostTimes);
    }

    /// <summary>The bytes that a replay allocates, the least of several: others allocate at the same time.</summary>
    private static async Task<long> CostAsync(TestApp app, Call call)
    {
        var request = new Request("POST", call.Body()) { Query = new() { ["fnId"] = call.Function, ["stepId"] = "step" } };
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = GC.GetTotalAllocatedBytes();
            Assert.Equal(200, (await app.HandleAsync(request)).Status);
            least = Math.Min(least, GC.GetTotalAllocatedBytes() - before);
        }

        return least;
    }
}
