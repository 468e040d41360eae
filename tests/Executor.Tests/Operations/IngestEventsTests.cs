using Microsoft.Extensions.DependencyInjection;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Executor.Tests.Api;
using Stepwell.Protocol.Events;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

public sealed class IngestEventsTests
{
    private const string Seed = "1795492598105,AAECAwQFBgcICQ==";

    // Two events, of which each starts two functions: eight rows of runs and their index, one write of events, four messages.
    private const int Writes = 13;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whichever_write_fails_a_repeated_request_starts_each_run_exactly_once(bool afterEffect)
    {
        for (var failing = 0; failing < Writes; failing++)
        {
            await using var api = await CreateAsync(failing, afterEffect);

            var first = await api.PostAsync("/e/any", """[{"name":"a"},{"name":"a","id":"mine"}]""", ("x-inngest-event-id-seed", Seed));
            Assert.True(api.Get<FaultyPorts>().HasFailed);
            // A message that may have been sent is sent again at once; everything else is for the sender to repeat.
            Assert.True(first.Status == 500 || failing > 8, $"write {failing} answered {first.Text}");
            if (first.Status == 500)
                Assert.Equal(500, first.Json.GetProperty("status").GetInt32());

            api.Time.Advance(TimeSpan.FromMilliseconds(300));
            var again = await api.PostAsync("/e/any", """[{"name":"a"},{"name":"a","id":"mine"}]""", ("x-inngest-event-id-seed", Seed));

            Assert.Equal(200, again.Status);
            var runs = new HashSet<string>();
            foreach (var id in again.Ids)
            {
                var started = (await api.GetAsync($"/v1/events/{id}/runs")).Data.EnumerateArray().Select(run => run.GetProperty("run_id").GetString()!).ToList();
                Assert.Equal(2, started.Count);
                runs.UnionWith(started);
            }

            Assert.Equal(4, runs.Count);
            Assert.Equal(2, (await api.Storage.Events.ListAsync(new(100), CancellationToken.None)).Length);
            Assert.Equal(runs, (await api.LiveAsync()).Select(entry => entry.Run.Value).ToHashSet());
            var messages = await api.MessagesAsync();
            Assert.Equal(runs, messages.Select(message => message.Run.Value).ToHashSet());
            // Only one copy of a start may own the claim that was written with the run.
            Assert.All(messages.Where(message => message.Fresh).GroupBy(message => message.Run), copies => Assert.Single(copies));
        }
    }

    [Fact]
    public async Task A_request_that_is_never_repeated_leaves_no_run_that_the_sweep_does_not_find()
    {
        for (var failing = 0; failing < Writes; failing++)
        {
            await using var api = await CreateAsync(failing, afterEffect: true);
            await api.PostAsync("/e/any", """[{"name":"a"},{"name":"a","id":"mine"}]""", ("x-inngest-event-id-seed", Seed));
            await api.MessagesAsync();

            foreach (var _ in Enumerable.Range(0, 2))
            {
                api.Time.Advance(TimeSpan.FromMinutes(2));
                await api.Get<Sweep>().RunAsync(CancellationToken.None);
            }

            var live = (await api.LiveAsync()).Select(entry => entry.Run).ToHashSet();
            foreach (var run in AllRuns())
                Assert.Equal(live.Contains(run), await api.Storage.Runs.ReadAsync(run, CancellationToken.None) is ReadRunOutcome.Found);
            Assert.Equal(live, (await api.MessagesAsync()).Select(message => message.Run).ToHashSet());
        }
    }

    [Fact]
    public void Run_ids_differ_by_event_function_and_number_and_by_nothing_else()
    {
        var ids = new HashSet<RunId>();
        foreach (var (@event, function, number) in new[] { ("e", "f", 0), ("e", "f", 1), ("e", "g", 0), ("e2", "f", 0), ("e1:f", "f", 0), ("e", "f|0", 0), ("", "ef", 0) })
            Assert.True(ids.Add(RunIds.Of(@event, FunctionId.Parse(function), number)));

        Assert.Equal(RunIds.Of("e", FunctionId.Parse("f"), 0), RunIds.Of("e", FunctionId.Parse("f"), 0));
        Assert.All(ids, id => Assert.True(RunId.TryParse(id.Value, out _)));
    }

    private static IEnumerable<RunId> AllRuns()
    {
        Assert.True(EventIdSeed.TryParse(Seed, out var seed));
        foreach (var eventId in new[] { seed.IdOf(1), "mine" })
        {
            yield return RunIds.Of(eventId, FunctionId.Parse("shop-one"), 0);
            yield return RunIds.Of(eventId, FunctionId.Parse("shop-two"), 0);
        }
    }

    private static async Task<TestApi> CreateAsync(int failing, bool afterEffect)
    {
        var api = new TestApi(change: services =>
        {
            services.AddSingleton(provider => new FaultyPorts(provider.GetRequiredService<InMemoryStorage>(), failing, afterEffect));
            services.AddSingleton<IRunStore>(provider => provider.GetRequiredService<FaultyPorts>());
            services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<FaultyPorts>());
            services.AddSingleton<ILiveIndex>(provider => provider.GetRequiredService<FaultyPorts>());
            services.AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<FaultyPorts>());
        });
        Assert.Equal(200, (await api.PostAsync("/fn/register", TestApi.Registration($"{TestApi.Function("shop-one", "a")},{TestApi.Function("shop-two", "a")}"))).Status);
        return api;
    }
}
