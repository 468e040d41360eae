using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Settings of a function that decide whether, when and with what its runs start.</summary>
public sealed class GuardedStartTests
{
    private static readonly string s_five = $"[{string.Join(',', Enumerable.Range(0, 5).Select(n => $$$"""{"name":"go","data":{"n":{{{n}}},"key":"k{{{n % 2}}}"}}"""))}]";

    [Fact]
    public async Task A_rate_limit_drops_what_is_too_much()
    {
        await using var engine = await CreateAsync(""","rateLimit":{"limit":2,"period":"1m"}""");

        Assert.Equal(2, (await engine.SendAsync(s_five)).Count);
        engine.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Single(await engine.SendAsync(s_five));
        Assert.Equal(3, await CompletedAsync(engine));
    }

    [Fact]
    public async Task A_rate_limit_holds_for_each_value_of_its_key()
    {
        await using var engine = await CreateAsync(""","rateLimit":{"limit":1,"period":"1m","key":"event.data.key"}""");

        Assert.Equal(2, (await engine.SendAsync(s_five)).Count);
    }

    [Fact]
    public async Task An_idempotency_key_lets_the_events_of_one_value_start_one_run_a_day()
    {
        await using var engine = await CreateAsync(""","idempotency":"event.data.key" """);

        Assert.Equal(2, (await engine.SendAsync(s_five)).Count);
        engine.Time.Advance(TimeSpan.FromHours(23));
        Assert.Empty(await engine.SendAsync(s_five));
        engine.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await engine.SendAsync(s_five)).Count);
    }

    [Fact]
    public async Task An_event_that_is_sent_again_takes_no_second_place_and_keeps_its_run()
    {
        await using var engine = await CreateAsync(""","rateLimit":{"limit":1,"period":"1h"}""");

        var first = await engine.SendAsync("""{"name":"go","id":"mine"}""");

        Assert.Equal(first, await engine.SendAsync("""{"name":"go","id":"mine"}"""));
        Assert.Empty(await engine.SendAsync("""{"name":"go","id":"another"}"""));
    }

    [Fact]
    public async Task A_throttle_puts_off_what_is_too_much_and_loses_nothing()
    {
        await using var engine = await CreateAsync(""","throttle":{"limit":2,"period":"1m"}""");
        var began = engine.Time.GetUtcNow();

        Assert.Equal(5, (await engine.SendAsync(s_five)).Count);
        await engine.WorkToEndAsync();

        Assert.Equal([0, 0, 30, 60, 90], engine.Calls.Made.Select(call => Math.Floor((call.Run.Discovery!.Due - began).TotalSeconds)));
        Assert.Equal(90, (engine.Time.GetUtcNow() - began).TotalSeconds);
        Assert.Empty(await engine.LiveAsync());
    }

    [Fact]
    public async Task A_throttled_run_whose_message_is_lost_is_found_by_the_sweep()
    {
        await using var engine = await CreateAsync(""","throttle":{"limit":1,"period":"10m"}""");
        await engine.SendAsync("""[{"name":"go"},{"name":"go"}]""");
        await engine.WorkAsync();
        foreach (var delivery in await engine.Storage.Queue.ReceiveAsync(0, 32, TimeSpan.FromHours(1), CancellationToken.None))
            await engine.Storage.Queue.DeleteAsync(delivery, CancellationToken.None);
        engine.Time.Advance(TimeSpan.FromMinutes(11));
        foreach (var delivery in await engine.ReceiveAllAsync())
            await engine.Storage.Queue.DeleteAsync(delivery, CancellationToken.None);

        Assert.Equal(1, await engine.Get<Sweep>().RunAsync(CancellationToken.None));
        await engine.WorkAsync();

        Assert.Equal(2, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task A_debounced_run_starts_once_with_the_last_event_when_no_further_has_come()
    {
        await using var engine = await CreateAsync(""","debounce":{"period":"7d"}""");
        var began = engine.Time.GetUtcNow();
        var runs = new List<RunId>();
        for (var day = 0; day < 10; day++)
        {
            runs.AddRange(await engine.SendAsync($$$"""{"name":"go","data":{"day":{{{day}}}}}"""));
            await engine.WorkAsync();
            engine.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Empty(engine.Calls.Made);
        await engine.WorkToEndAsync();

        Assert.Single(runs.Distinct());
        Assert.Contains("\"day\":9", Assert.Single(Assert.Single(engine.Calls.Made).Run.Events).ToString(), StringComparison.Ordinal);
        Assert.Equal(began + TimeSpan.FromDays(16), (await engine.RunAsync(runs[0])).EndedAt);
    }

    [Fact]
    public async Task A_debounced_run_starts_after_its_timeout_though_events_go_on()
    {
        await using var engine = await CreateAsync(""","debounce":{"period":"10s","timeout":"25s"}""");
        for (var i = 0; i < 4; i++)
        {
            await engine.SendAsync($$$"""{"name":"go","data":{"i":{{{i}}}}}""");
            await engine.WorkAsync();
            engine.Time.Advance(TimeSpan.FromSeconds(8));
        }

        await engine.WorkAsync();
        Assert.Contains("\"i\":3", Assert.Single(engine.Calls.Made).Run.Events[0].ToString(), StringComparison.Ordinal);

        await engine.SendAsync("""{"name":"go","data":{"i":4}}""");
        await engine.WorkToEndAsync();
        Assert.Equal(2, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task An_older_event_that_comes_later_does_not_replace_the_last()
    {
        await using var engine = await CreateAsync(""","debounce":{"period":"10s"}""");

        await engine.SendAsync("""[{"name":"go","data":{"n":1},"ts":1700000002000},{"name":"go","data":{"n":2},"ts":1700000001000}]""");
        await engine.WorkToEndAsync();

        Assert.Contains("\"n\":1", Assert.Single(engine.Calls.Made).Run.Events[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_starts_when_it_is_full_and_another_after_its_time()
    {
        await using var engine = await CreateAsync(""","batchEvents":{"maxSize":3,"timeout":"20s"}""");

        foreach (var n in Enumerable.Range(0, 5))
            await engine.SendAsync($$$"""{"name":"go","data":{"n":{{{n}}}}}""");
        await engine.WorkAsync();

        Assert.Equal(["0", "1", "2"], Numbers(Assert.Single(engine.Calls.Made)));
        await engine.WorkToEndAsync();
        Assert.Equal(["3", "4"], Numbers(engine.Calls.Made.Last()));
        Assert.Equal(2, await CompletedAsync(engine));
    }

    [Fact]
    public async Task A_batch_gathers_for_each_value_of_its_key_and_lets_others_run_alone()
    {
        await using var engine = await CreateAsync(""","batchEvents":{"maxSize":2,"timeout":"20s","key":"event.data.key","if":"event.data.n != 4"}""");

        await engine.SendAsync(s_five);
        await engine.WorkAsync();

        Assert.Equal(["0 2", "1 3", "4"], engine.Calls.Made.Select(call => string.Join(' ', Numbers(call).Order())).Order());
    }

    [Fact]
    public async Task An_event_that_is_sent_again_joins_its_batch_once()
    {
        await using var engine = await CreateAsync(""","batchEvents":{"maxSize":3,"timeout":"20s"}""");

        var first = await engine.SendAsync("""{"name":"go","id":"mine","data":{"n":1}}""");
        Assert.Equal(first, await engine.SendAsync("""{"name":"go","id":"mine","data":{"n":1}}"""));
        await engine.WorkToEndAsync();

        Assert.Equal(["1"], Numbers(Assert.Single(engine.Calls.Made)));
    }

    [Fact]
    public async Task A_singleton_skips_others_while_a_run_is_live_and_says_why()
    {
        await using var engine = await CreateAsync(""","singleton":{"mode":"skip"}""");
        engine.Calls.Answer = Answers.Sleep("1h");

        var first = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await engine.WorkAsync();
        var second = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await engine.WorkToEndAsync();
        var third = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(first)).Status);
        Assert.Equal($"run {first} of its singleton function is live", Assert.IsType<RunOutcome.Skipped>((await engine.RunAsync(second)).Outcome).Reason);
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(third)).Status);
        Assert.Empty(await engine.LiveAsync());
    }

    [Fact]
    public async Task A_singleton_that_cancels_lets_the_newest_run_be_the_one()
    {
        await using var engine = await CreateAsync(""","singleton":{"mode":"cancel","key":"event.data.user"}""");
        engine.Calls.Answer = Answers.Sleep("1h");

        var first = Assert.Single(await engine.SendAsync("""{"name":"go","data":{"user":"ann"}}"""));
        var other = Assert.Single(await engine.SendAsync("""{"name":"go","data":{"user":"bob"}}"""));
        var second = Assert.Single(await engine.SendAsync("""{"name":"go","data":{"user":"ann"}}"""));
        await engine.WorkToEndAsync();

        Assert.Equal(
            [RunStatus.Cancelled, RunStatus.Completed, RunStatus.Completed],
            [(await engine.RunAsync(first)).Status, (await engine.RunAsync(other)).Status, (await engine.RunAsync(second)).Status]);
    }

    [Fact]
    public async Task An_invoked_function_that_may_not_start_is_an_error_of_the_step()
    {
        await using var engine = await CreateAsync(""","rateLimit":{"limit":1,"period":"1h"}""");
        await engine.SendAsync("""{"name":"go"}""");
        await engine.WorkAsync();
        engine.Calls.Answer = Answers.Wait(Answers.Invoked("call", "shop-guarded"));
        await engine.RegisterAsync(url: "http://127.0.0.1:9401/api", functions: "shop-f");
        engine.Get<AppDirectory>().Forget();

        var run = await engine.StartAsync();
        await engine.WorkAsync();

        var output = Assert.IsType<RunOutcome.Completed>((await engine.RunAsync(run)).Outcome).Output.ToString();
        Assert.Contains("The function 'shop-guarded' was not started: its function's rate limit was reached.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_does_not_start_in_time_is_cancelled()
    {
        await using var engine = await CreateAsync(""","throttle":{"limit":1,"period":"1h"},"timeouts":{"start":"10m"}""");

        var runs = await engine.SendAsync("""[{"name":"go"},{"name":"go"}]""");
        await engine.WorkToEndAsync();

        var outcomes = await Task.WhenAll(runs.Select(async run => (await engine.RunAsync(run)).Outcome));
        Assert.Single(outcomes.OfType<RunOutcome.Completed>());
        Assert.Equal("it did not start in time", Assert.Single(outcomes.OfType<RunOutcome.Cancelled>()).Reason);
    }

    [Fact]
    public async Task A_run_whose_first_call_takes_longer_than_it_may_wait_for_it_has_started_in_time()
    {
        await using var engine = await CreateAsync(""","timeouts":{"start":"10s"}""");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (_, _) =>
        {
            await gate.Task;
            return Answers.Returned("1");
        };
        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        var calling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call");

        engine.Time.Advance(TimeSpan.FromSeconds(11));
        await engine.WorkAsync();
        Assert.Equal(RunStatus.Running, (await engine.RunAsync(run)).Status);
        gate.SetResult();
        await calling;

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_run_that_does_not_finish_in_time_is_cancelled_where_it_stands()
    {
        await using var engine = await CreateAsync(""","timeouts":{"finish":"30m"}""");
        engine.Calls.Answer = Answers.Sleep("1h");
        var began = engine.Time.GetUtcNow();

        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await engine.WorkToEndAsync();

        var cancelled = Assert.IsType<RunOutcome.Cancelled>((await engine.RunAsync(run)).Outcome);
        Assert.Equal(("it did not finish in time", began + TimeSpan.FromMinutes(30)), (cancelled.Reason, cancelled.At));
        Assert.Empty(await engine.LiveAsync());
    }

    [Fact]
    public async Task A_run_that_finishes_in_time_is_not_touched_by_its_deadline()
    {
        await using var engine = await CreateAsync(""","timeouts":{"start":"1m","finish":"2h"}""");
        engine.Calls.Answer = Answers.Sleep("1h");

        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task A_deadline_whose_message_is_lost_is_kept_by_the_sweep()
    {
        await using var engine = await CreateAsync(""","timeouts":{"finish":"30m"}""");
        engine.Calls.Answer = Answers.Sleep("1h");
        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await engine.WorkAsync();
        engine.Time.Advance(TimeSpan.FromMinutes(31));
        foreach (var delivery in await engine.ReceiveAllAsync())
            await engine.Storage.Queue.DeleteAsync(delivery, CancellationToken.None);

        Assert.Equal(1, await engine.Get<Sweep>().RunAsync(CancellationToken.None));
        await engine.WorkAsync();

        Assert.Equal(RunStatus.Cancelled, (await engine.RunAsync(run)).Status);
    }

    private static async Task<TestEngine> CreateAsync(string settings)
    {
        var engine = new TestEngine();
        await engine.RegisterAsync("shop-guarded", settings);
        return engine;
    }

    private static async Task<int> CompletedAsync(TestEngine engine)
    {
        await engine.WorkToEndAsync();
        Assert.Empty(await engine.LiveAsync());
        return engine.Calls.Made.Count;
    }

    private static IEnumerable<string> Numbers(AppCall call) =>
        call.Run.Events.Select(one => JsonElement.Parse(one.Utf8.Span).GetProperty("data").GetProperty("n").GetRawText());
}
