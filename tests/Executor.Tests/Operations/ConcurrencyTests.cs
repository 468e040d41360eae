using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Tests.Api;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>How many calls may be under way at a time.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public async Task No_more_calls_are_under_way_than_the_limit_and_every_run_ends()
    {
        await using var engine = await CreateAsync("2");
        var two = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = Answers.Sequence("a", "b");
        var peak = Count(engine, async (call, cancel) =>
        {
            // Until two are under way.
            if (engine.Calls.Made.Count > 1)
                two.TrySetResult();

            await two.Task;
            return await answer(call, cancel);
        });

        await SendAsync(engine, 20);
        await engine.PumpToEndAsync();

        Assert.Equal(2, peak());
        Assert.Equal(20, engine.Calls.Made.Select(call => call.Run.Id).Distinct().Count());
        Assert.Empty(await engine.LiveAsync());
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task A_run_without_rivals_is_not_put_off()
    {
        await using var engine = await CreateAsync("1");
        engine.Calls.Answer = Answers.Sequence("a", "b", "c");

        await SendAsync(engine, 1);
        engine.Journal.Clear();
        await engine.WorkAsync();

        Assert.Equal(4, engine.Calls.Made.Count);
        Assert.Equal(0, engine.Journal.Count("send"));
        Assert.Empty(await engine.LiveAsync());
        // It takes its slot at the first call and gives it back after the last, and asks no more between them.
        Assert.Equal(2, engine.Storage.Gates.Requests);
    }

    [Fact]
    public async Task Runs_are_served_in_the_order_in_which_they_were_created()
    {
        await using var engine = await CreateAsync("1");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = engine.Calls.Answer;
        engine.Calls.Answer = async (call, cancel) =>
        {
            await gate.Task;
            return await answer(call, cancel);
        };
        var runs = new List<RunId>(await SendAsync(engine, 1));
        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call");
        for (var i = 1; i < 6; i++)
        {
            engine.Time.Advance(TimeSpan.FromMilliseconds(10));
            runs.AddRange(await SendAsync(engine, 1));
        }

        // All others stand in line.
        await engine.WorkAsync();
        gate.SetResult();
        await handling;
        await engine.WorkToEndAsync();

        Assert.Equal(runs, engine.Calls.Made.Select(call => call.Run.Id));
    }

    [Fact]
    public async Task A_priority_comes_before_others_that_wait()
    {
        await using var engine = await CreateAsync("1", ""","priority":{"run":"event.data.p"}""");
        await engine.SendAsync("""{"name":"go","data":{"p":0,"n":0}}""");
        var first = await engine.ReceiveAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (call, _) =>
        {
            if (Number(call) == 0)
                await gate.Task;

            return Answers.Returned("1");
        };
        var handling = engine.HandleAsync(first);
        await engine.Journal.UntilAsync("call");
        await engine.SendAsync("""[{"name":"go","data":{"p":0,"n":1}},{"name":"go","data":{"p":-60,"n":2}},{"name":"go","data":{"p":60,"n":3}}]""");
        await engine.WorkAsync();

        gate.SetResult();
        await handling;
        await engine.WorkToEndAsync();

        Assert.Equal([0, 3, 1, 2], engine.Calls.Made.Select(Number));
    }

    [Fact]
    public async Task One_that_comes_into_the_line_just_when_it_is_found_empty_has_its_turn()
    {
        await using var engine = await CreateAsync("1");
        var gates = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        engine.Calls.Answer = async (call, _) =>
        {
            await gates[engine.Calls.Made.Count - 1].Task;
            return Answers.Returned("1");
        };
        await SendAsync(engine, 1);
        var first = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call");
        await SendAsync(engine, 1);
        await engine.WorkAsync();
        gates[0].SetResult();
        await first;
        var second = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call", 2);
        await SendAsync(engine, 1);
        var third = await engine.ReceiveAsync();

        // The mark says that somebody stands in line. The second gives its slot back and finds nobody, and there the third comes.
        engine.Gates.AfterNextLook(() => engine.HandleAsync(third));
        gates[1].SetResult();
        await second;

        gates[2].SetResult();
        Assert.Equal(1, await engine.WorkAsync());
        Assert.Equal(3, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task Each_value_of_a_key_has_the_limit_for_itself()
    {
        await using var engine = await CreateAsync("""{"limit":1,"key":"event.data.user"}""");
        var counting = new Lock();
        var users = new HashSet<string>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (call, _) =>
        {
            lock (counting)
            {
                Assert.True(users.Add(User(call)));
                if (users.Count == 3)
                    all.TrySetResult();
            }

            // The first three have to be under way at the same time, or this never ends.
            await all.Task;
            lock (counting)
                users.Remove(User(call));

            return Answers.Returned("1");
        };

        await engine.SendAsync($"[{string.Join(',', Enumerable.Range(0, 12).Select(n => $$$"""{"name":"go","data":{"user":"u{{{n % 3}}}"}}"""))}]");
        await engine.PumpToEndAsync();

        Assert.Equal(12, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task Two_limits_hold_at_once()
    {
        await using var engine = await CreateAsync("""[3,{"limit":1,"key":"event.data.user"}]""");
        var peak = Count(engine, Answers.Sequence("a"));

        await engine.SendAsync($"[{string.Join(',', Enumerable.Range(0, 15).Select(n => $$$"""{"name":"go","data":{"user":"u{{{n % 5}}}"}}"""))}]");
        await engine.PumpToEndAsync();

        Assert.InRange(peak(), 1, 3);
        Assert.Equal(15, engine.Calls.Made.Select(call => call.Run.Id).Distinct().Count());
        Assert.Empty(await engine.LiveAsync());
    }

    [Theory]
    [InlineData("env")]
    [InlineData("account")]
    public async Task A_limit_beyond_the_function_is_shared_by_all_that_name_its_key(string scope)
    {
        await using var engine = new TestEngine();
        var limit = $$""","concurrency":{"limit":1,"key":"'mails'","scope":"{{scope}}"}""";
        await engine.RegisterAllAsync(TestApi.Function("shop-a", "go", limit), TestApi.Function("shop-b", "go", limit), TestApi.Function("shop-c", "go", ",\"concurrency\":1"));
        var counting = new Lock();
        var (now, peak) = (0, 0);
        engine.Calls.Answer = async (call, _) =>
        {
            if (call.Run.Function.Value == "shop-c")
                return Answers.Returned("1");

            lock (counting)
                peak = Math.Max(peak, ++now);

            for (var i = 0; i < 20; i++)
                await Task.Yield();

            lock (counting)
                now--;

            return Answers.Returned("1");
        };

        await SendAsync(engine, 5);
        await engine.PumpToEndAsync();

        Assert.Equal(1, peak);
        Assert.Equal(15, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task A_run_that_sleeps_holds_no_slot()
    {
        await using var engine = await CreateAsync("1");
        engine.Calls.Answer = Answers.Sleep("1h");

        await SendAsync(engine, 5);
        await engine.WorkAsync();

        // All have been called, one after the other, and sleep.
        Assert.Equal(5, engine.Calls.Made.Count);
        Assert.All(await Task.WhenAll(engine.Calls.Made.Select(call => engine.RunAsync(call.Run.Id))), run => Assert.IsType<StepState.Sleeping>(run.Steps.Values.Single().State));
    }

    [Fact]
    public async Task The_slot_of_a_process_that_died_comes_back()
    {
        await using var engine = await CreateAsync("1");
        await using var dying = new TestEngine(beside: engine);
        await dying.RegisterAsync("shop-limited", ",\"concurrency\":1");
        dying.Calls.Answer = (_, cancel) => Task.Delay(Timeout.Infinite, cancel).ContinueWith<AppAnswer>(_ => throw new OperationCanceledException(), TaskScheduler.Default);
        await SendAsync(engine, 2);
        var all = await engine.ReceiveAllAsync();
        _ = dying.HandleAsync(all[0]);
        await dying.Journal.UntilAsync("call");
        await engine.HandleAsync(all[1]);
        Assert.Empty(engine.Calls.Made);

        engine.Time.Advance(TimeSpan.FromMinutes(3));
        await engine.PumpToEndAsync();

        Assert.Equal(2, engine.Calls.Made.Select(call => call.Run.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_it_waits_leaves_its_turn_to_the_next()
    {
        await using var engine = await CreateAsync("1");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (call, _) =>
        {
            if (engine.Calls.Made.Count == 1)
                await gate.Task;

            return Answers.Returned("1");
        };
        await SendAsync(engine, 1);
        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call");
        engine.Time.Advance(TimeSpan.FromMilliseconds(10));
        var second = Assert.Single(await SendAsync(engine, 1));
        await engine.WorkAsync();
        engine.Time.Advance(TimeSpan.FromMilliseconds(10));
        var third = Assert.Single(await SendAsync(engine, 1));
        await engine.WorkAsync();

        await engine.Get<CancelRun>().CancelAsync(second, "asked", CancellationToken.None);
        gate.SetResult();
        await handling;
        await engine.WorkAsync();

        Assert.Equal([RunStatus.Cancelled, RunStatus.Completed], [(await engine.RunAsync(second)).Status, (await engine.RunAsync(third)).Status]);
    }

    [Fact]
    public async Task A_function_without_limits_asks_for_none()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a", "b");
        await engine.StartAsync();
        await engine.WorkAsync();

        Assert.Equal(3, engine.Calls.Made.Count);
        Assert.Equal(0, engine.Storage.Gates.Requests);
    }

    private static async Task<TestEngine> CreateAsync(string concurrency, string more = "")
    {
        var engine = new TestEngine();
        await engine.RegisterAsync("shop-limited", $",\"concurrency\":{concurrency}{more}");
        return engine;
    }

    private static Task<IReadOnlyList<RunId>> SendAsync(TestEngine engine, int count) =>
        engine.SendAsync($"[{string.Join(',', Enumerable.Range(0, count).Select(n => $$$"""{"name":"go","data":{"n":{{{n}}}}}"""))}]");

    private static Func<int> Count(TestEngine engine, Func<AppCall, CancellationToken, Task<AppAnswer>> answer)
    {
        var counting = new Lock();
        var (now, peak) = (0, 0);
        engine.Calls.Answer = async (call, cancel) =>
        {
            lock (counting)
                peak = Math.Max(peak, ++now);

            for (var i = 0; i < 20; i++)
                await Task.Yield();

            var answered = await answer(call, cancel);
            lock (counting)
                now--;

            return answered;
        };
        return () => peak;
    }

    private static int Number(AppCall call) => JsonElement.Parse(call.Run.Events[0].Utf8.Span).GetProperty("data").GetProperty("n").GetInt32();

    private static string User(AppCall call) => JsonElement.Parse(call.Run.Events[0].Utf8.Span).GetProperty("data").GetProperty("user").GetString()!;
}
