using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Where calls are short, the next in line for a slot stand ready in their processes.</summary>
public sealed class StandReadyTests
{
    [Fact]
    public async Task After_a_short_call_the_next_in_line_stands_ready_and_goes_on_without_another_message()
    {
        await using var world = await World.CreateAsync();
        var others = await world.ReadyAsync();

        world.Engine.Journal.Clear();
        world.Finish(1);
        await world.Engine.Journal.UntilAsync("call");
        world.Finish(2);
        await others;

        Assert.Equal([0, 1, 2], world.Order);
        Assert.Equal(0, world.Engine.Journal.Count("send"));
        await world.AssertAllEndedAsync();
    }

    [Fact]
    public async Task One_that_is_found_in_the_line_before_it_has_made_its_mark_there_keeps_its_place_among_those_who_stand_ready()
    {
        await using var world = await World.CreateAsync(runs: 2);
        world.Engine.Gates.AfterNextJoining(async () =>
        {
            world.Finish(0);
            await world.First;
        });

        var third = world.Engine.HandleAsync(await world.ComeAsync());
        await world.Engine.Journal.UntilAsync("timer 0.02");
        var told = await world.Engine.ReceiveAllAsync();
        var second = Task.WhenAll(told.Select(delivery => world.Engine.HandleAsync(delivery)));
        await world.Engine.Journal.UntilAsync("call");
        world.Finish(1);
        world.Finish(2);
        await Task.WhenAll(second, third);

        Assert.Equal([0, 1, 2], world.Order);
        await world.AssertAllEndedAsync();
    }

    [Fact]
    public async Task One_that_stands_ready_for_long_stands_in_line_again()
    {
        await using var world = await World.CreateAsync();
        var others = await world.ReadyAsync();

        world.Engine.Journal.Clear();
        world.Engine.Time.Advance(TimeSpan.FromSeconds(10));
        await world.Engine.Journal.UntilAsync("delete");
        world.Finish(1);
        await others;
        Assert.Equal([0, 1], world.Order);

        world.Finish(2);
        await world.Engine.WorkAsync();
        Assert.Equal([0, 1, 2], world.Order);
        await world.AssertAllEndedAsync();
    }

    [Fact]
    public async Task After_a_long_call_nobody_stands_ready()
    {
        await using var world = await World.CreateAsync();

        world.Engine.Time.Advance(TimeSpan.FromSeconds(5));
        world.Finish(0);
        await world.First;

        Assert.Single(await world.Engine.ReceiveAllAsync());
    }

    [Fact]
    public async Task One_that_is_cancelled_while_it_stands_ready_is_not_called_and_leaves_its_turn_to_the_next()
    {
        await using var world = await World.CreateAsync(runs: 4);
        var others = await world.ReadyAsync();

        await world.Engine.Get<Executor.Operations.CancelRun>().CancelAsync(world.Runs[2], "asked", CancellationToken.None);
        world.Engine.Time.Advance(TimeSpan.FromSeconds(1));
        world.Finish(1);
        await others;
        world.Finish(3);
        await world.Engine.WorkAsync();

        Assert.Equal([0, 1, 3], world.Order);
        await world.AssertAllEndedAsync();
    }

    [Fact]
    public async Task The_turn_of_one_whose_process_has_died_is_not_lost()
    {
        await using var world = await World.CreateAsync();
        await using var dying = new TestEngine(beside: world.Engine);
        world.Finish(0);
        await world.First;
        var told = await world.Engine.ReceiveAllAsync();
        _ = dying.HandleAsync(told.Single(delivery => delivery.Body.Contains(world.Runs[2].Value, StringComparison.Ordinal)));
        await dying.Journal.UntilAsync("timer 0.02");
        var second = world.Engine.HandleAsync(told.Single(delivery => delivery.Body.Contains(world.Runs[1].Value, StringComparison.Ordinal)));
        world.Finish(1);
        await second;
        Assert.Equal([0, 1], world.Order);

        world.Finish(2);
        await world.Engine.WorkToEndAsync();

        Assert.Equal([0, 1, 2], world.Order);
        await world.AssertAllEndedAsync();
    }

    [Fact]
    public async Task A_slot_is_not_free_while_a_call_is_under_way_though_storage_fails_meanwhile()
    {
        await using var world = await World.CreateAsync();
        world.Finish(0);
        await world.First;
        var told = (await world.Engine.ReceiveAllAsync()).ToLookup(delivery => delivery.Body.Contains(world.Runs[1].Value, StringComparison.Ordinal));

        // The slot was granted to the second, which fails to have it in its own name; the third stands ready for it.
        var failed = world.Engine.Gates.FailNextAsync();
        var second = world.Engine.HandleAsync(told[true].Single());
        await failed;
        var third = world.Engine.HandleAsync(told[false].Single());
        await world.Engine.Journal.UntilAsync("timer 0.02");
        world.Finish(1);
        await Assert.ThrowsAsync<IOException>(() => second);
        world.Finish(2);
        await third;
        await world.Engine.WorkToEndAsync();

        Assert.Equal(1, world.Engine.Calls.MostAtATime);
        await world.AssertAllEndedAsync();
    }

    [Fact]
    public async Task A_process_that_stops_between_two_calls_keeps_no_slot()
    {
        using var stopping = new CancellationTokenSource();
        await using var world = await World.CreateAsync(Answers.Sequence("a"), stopping.Token);

        await stopping.CancelAsync();
        world.Finish(0);
        await world.First;
        Enumerable.Range(0, 3).ToList().ForEach(world.Finish);
        await world.Engine.WorkToEndAsync();

        Assert.Equal([0, 0, 1, 1, 2, 2], world.Order.Order());
        await world.AssertAllEndedAsync();
    }

    /// <summary>Runs of a function with one slot, numbered from 0: the first has it and is called, the others stand in line.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly List<TaskCompletionSource> _gates = [];

        public TestEngine Engine { get; } = new();

        public List<RunId> Runs { get; } = [];

        public Task First { get; private set; } = Task.CompletedTask;

        public IEnumerable<int> Order => Engine.Calls.Made.Select(call => Runs.IndexOf(call.Run.Id));

        public static Task<World> CreateAsync(int runs = 3) => CreateAsync((_, _) => Task.FromResult(Answers.Returned("1")), CancellationToken.None, runs);

        public static async Task<World> CreateAsync(Func<AppCall, CancellationToken, Task<AppAnswer>> answer, CancellationToken stopping, int runs = 3)
        {
            var world = new World();
            var engine = world.Engine;
            await engine.RegisterAsync("shop-limited", ",\"concurrency\":1");
            engine.Calls.Answer = async (call, cancel) =>
            {
                await world._gates[world.Runs.IndexOf(call.Run.Id)].Task;
                return await answer(call, cancel);
            };
            for (var n = 0; n < runs; n++)
            {
                var delivery = await world.ComeAsync();
                if (n > 0)
                {
                    await engine.HandleAsync(delivery);
                    continue;
                }

                world.First = engine.HandleAsync(delivery, stopping);
                await engine.Journal.UntilAsync("call");
            }

            engine.Journal.Clear();
            return world;
        }

        /// <summary>Has one more run come. Returns its message.</summary>
        public async Task<Delivery> ComeAsync()
        {
            _gates.Add(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            Runs.AddRange(await Engine.SendAsync("""{"name":"go"}"""));
            Engine.Time.Advance(TimeSpan.FromMilliseconds(10));
            return await Engine.ReceiveAsync();
        }

        public void Finish(int run) => _gates[run].TrySetResult();

        /// <summary>Ends the first call, and has the second made while the third stands ready. Returns the work on both.</summary>
        public async Task<Task> ReadyAsync()
        {
            Finish(0);
            await First;
            var told = await Engine.ReceiveAllAsync();
            Assert.Equal(2, told.Count);
            var work = Task.WhenAll(told.Select(delivery => Engine.HandleAsync(delivery)));
            await Engine.Journal.UntilAsync("call");
            await Engine.Journal.UntilAsync("timer 0.02");
            Assert.Equal([0, 1], Order);
            return work;
        }

        public async Task AssertAllEndedAsync()
        {
            foreach (var run in Runs)
                Assert.False((await Engine.RunAsync(run)).IsLive);

            Assert.Empty(await Engine.LiveAsync());
        }

        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }
}
