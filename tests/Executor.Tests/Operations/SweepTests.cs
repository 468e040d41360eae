using Microsoft.Extensions.Logging;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Operations;

public sealed class SweepTests
{
    private static readonly TimeSpan s_twoMinutes = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_queue_that_was_emptied_before_a_run_began_loses_nothing()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a");
        var run = await engine.StartAsync();

        await EmptyAsync(engine);
        engine.Time.Advance(s_twoMinutes);
        Assert.Equal(1, await SweepAsync(engine));
        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Contains(engine.Log.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains(run.Value, StringComparison.Ordinal));
        // The sweep moved the row, so the end of the run did not find it.
        engine.Time.Advance(s_twoMinutes);
        Assert.Equal(0, await SweepAsync(engine));
        Assert.Empty(await engine.LiveAsync());
    }

    [Theory]
    [InlineData("1h")]
    [InlineData("40d")]
    public async Task A_queue_that_was_emptied_while_a_run_slept_loses_nothing(string sleep)
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep(sleep);
        var run = await engine.StartAsync();
        await engine.WorkAsync();

        await EmptyAsync(engine);
        engine.Time.Advance((sleep == "1h" ? TimeSpan.FromHours(1) : TimeSpan.FromDays(40)) + s_twoMinutes);
        Assert.Equal(1, await SweepAsync(engine));
        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_queue_that_was_emptied_before_a_retry_and_of_parallel_steps_loses_nothing()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = (call, _) => Task.FromResult(
            call.Item.IsDiscovery || call.Attempt > 0 ? Answers.ParallelAnswer(call, 100) : Answers.Broken("not yet"));
        var run = await engine.StartAsync();
        await engine.HandleAsync(await engine.ReceiveAsync());

        await EmptyAsync(engine);
        for (var pass = 0; pass < 4; pass++)
        {
            engine.Time.Advance(s_twoMinutes);
            await SweepAsync(engine);
            await engine.WorkToEndAsync();
        }

        Assert.Equal("100", Assert.IsType<RunOutcome.Completed>((await engine.RunAsync(run)).Outcome).Output.ToString());
    }

    [Fact]
    public async Task Only_rows_whose_time_has_come_are_looked_at()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("10d");
        for (var run = 0; run < 5; run++)
            await engine.StartAsync();
        await engine.WorkAsync();
        engine.Calls.Answer = Answers.Sleep("1d");
        var shorter = await engine.StartAsync();
        await engine.WorkAsync();

        engine.Time.Advance(TimeSpan.FromDays(1) + s_twoMinutes);
        engine.Journal.Clear();
        Assert.Equal(1, await SweepAsync(engine));

        Assert.Equal(["live due", "read", "send", "live move"], engine.Journal.Lines);
        Assert.Equal(shorter, Assert.Single(await LateAsync(engine)).Run);
    }

    [Fact]
    public async Task An_idle_pass_costs_one_request()
    {
        await using var engine = new TestEngine();

        Assert.Equal(0, await SweepAsync(engine));

        Assert.Equal(["live due"], engine.Journal.Lines);
    }

    [Fact]
    public async Task A_run_that_is_worked_on_is_left_alone_and_looked_at_again_later()
    {
        await using var engine = new TestEngine();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (_, _) =>
        {
            await gate.Task;
            return Answers.Returned("1");
        };
        var run = await engine.StartAsync();
        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        for (var tick = 1; tick <= 12; tick++)
        {
            await engine.Journal.UntilAsync("timer 10", tick);
            engine.Time.Advance(TimeSpan.FromSeconds(10));
        }

        await engine.Journal.UntilAsync("timer 10", 13);
        Assert.Equal(0, await SweepAsync(engine));

        Assert.DoesNotContain("send", engine.Journal.Lines);
        Assert.True(Assert.Single(await engine.LiveAsync()).CheckAt > engine.Time.GetUtcNow());
        gate.SetResult();
        await handling;
        // The row was moved by the sweep, so the end of the run does not find it: a later pass does.
        engine.Time.Advance(s_twoMinutes);
        await SweepAsync(engine);
        Assert.Empty(await engine.LiveAsync());
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task The_row_of_a_run_that_ended_or_never_was_is_removed()
    {
        await using var engine = new TestEngine();
        await engine.StartAsync();
        engine.Ports.LosesRemovals = true;
        await engine.WorkAsync();
        await engine.Storage.Live.AddAsync([new LiveEntry(RunId.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV"), engine.Time.GetUtcNow())], CancellationToken.None);
        Assert.Equal(2, (await engine.LiveAsync()).Length);

        engine.Time.Advance(s_twoMinutes);
        Assert.Equal(0, await SweepAsync(engine));
        // It may be created just now, so its row is looked at once more.
        Assert.Single(await engine.LiveAsync());

        engine.Time.Advance(s_twoMinutes);
        Assert.Equal(0, await SweepAsync(engine));
        Assert.Empty(await engine.LiveAsync());
    }

    // Seed Losing 522: the run had no row from then on, and when its message was lost too, it was stuck.
    [Fact]
    public async Task A_run_that_is_created_late_while_the_sweep_looks_has_a_row()
    {
        await using var engine = new TestEngine();
        var (stands, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        engine.Ports.Before("create", () =>
        {
            stands.SetResult();
            return goesOn.Task;
        });
        var creating = engine.StartAsync();
        await stands.Task;
        engine.Time.Advance(s_twoMinutes);
        engine.Ports.After("read", () =>
        {
            goesOn.SetResult();
            return creating;
        });

        Assert.Equal(0, await SweepAsync(engine));

        await EmptyAsync(engine);
        engine.Time.Advance(s_twoMinutes);
        Assert.Equal(1, await SweepAsync(engine));
        Assert.Equal(await creating, Assert.Single(await engine.LiveAsync()).Run);
    }

    [Fact]
    public async Task A_row_whose_move_was_lost_is_moved_without_a_hint()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("2d");
        var run = await engine.StartAsync();
        engine.Ports.Fail("live move");
        await Assert.ThrowsAsync<IOException>(engine.WorkAsync);

        engine.Time.Advance(s_twoMinutes);
        await engine.WorkAsync();
        engine.Journal.Clear();
        Assert.Equal(0, await SweepAsync(engine));

        Assert.DoesNotContain("send", engine.Journal.Lines);
        Assert.Equal(new LiveEntry(run, (await engine.RunAsync(run)).CheckAt), Assert.Single(await engine.LiveAsync()));
    }

    [Fact]
    public async Task More_than_a_page_of_overdue_runs_is_swept_in_one_pass()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a");
        var runs = new List<RunId>();
        for (var run = 0; run < 501; run++)
            runs.Add(await engine.StartAsync());

        await EmptyAsync(engine);
        engine.Time.Advance(s_twoMinutes);
        Assert.Equal(501, await SweepAsync(engine));
        await engine.WorkAsync();

        foreach (var run in runs)
            Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("send")]
    [InlineData("live move")]
    public async Task A_pass_that_fails_is_made_up_for_by_the_next(string failing)
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a");
        var run = await engine.StartAsync();
        await EmptyAsync(engine);
        engine.Time.Advance(s_twoMinutes);
        engine.Ports.Fail(failing);

        Assert.Equal(0, await SweepAsync(engine));
        Assert.Contains(engine.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains(run.Value, StringComparison.Ordinal));
        Assert.Equal(1, await SweepAsync(engine));
        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(2, engine.Calls.Made.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_end_of_a_run_for_which_something_had_come_is_told_once(bool isRowBesideLeft)
    {
        await using var engine = new TestEngine();
        var ended = await engine.StartWaitingAsync(null);
        await engine.WorkAsync();
        await engine.SendAsync("""{"name":"shop/paid"}""");
        await engine.WorkAsync();
        if (isRowBesideLeft)
            await engine.Storage.Live.AddAsync([AskToLook.Beside(new LiveEntry(ended, Sweeping.Soon(engine.Time.GetUtcNow())))], CancellationToken.None);

        // This one is interested in ends that come after it has begun to wait.
        var finished = Answers.Wait(Answers.Waited("wait", "inngest/function.finished"));
        engine.Calls.Answer = (call, cancel) => finished(call, cancel);
        var later = await engine.StartAsync();
        await engine.WorkAsync();

        engine.Time.Advance(TimeSpan.FromMinutes(2));
        await engine.Get<Sweep>().RunAsync(CancellationToken.None);
        await engine.WorkAsync();

        Assert.Equal(RunStatus.Running, (await engine.RunAsync(later)).Status);
        Assert.Equal(later, Assert.Single(await engine.LiveAsync()).Run);
    }

    [Fact]
    public async Task A_look_of_the_sweep_leaves_a_signal_to_the_run_that_has_taken_its_name_over()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Wait(Answers.Signalled("wait", "go", replace: true));
        var first = await engine.StartAsync();
        await engine.WorkAsync();
        var second = await engine.StartAsync();
        await engine.WorkAsync();
        await engine.Get<AskToLook>().AskAsync(first, StepKey.Hash("wait"), "nothing", CancellationToken.None);
        foreach (var message in await engine.ReceiveAllAsync())
            await engine.Storage.Queue.DeleteAsync(message, CancellationToken.None);

        engine.Time.Advance(TimeSpan.FromMinutes(2));
        await engine.Get<Sweep>().RunAsync(CancellationToken.None);
        await engine.Get<SendSignal>().SendAsync("go", RawJson.FromString("1"), CancellationToken.None);
        await engine.WorkAsync();

        Assert.Equal((RunStatus.Running, RunStatus.Completed), ((await engine.RunAsync(first)).Status, (await engine.RunAsync(second)).Status));
    }

    [Fact]
    public async Task A_run_with_many_rows_is_looked_at_once_and_has_one_row_then()
    {
        await using var engine = new TestEngine();
        var run = await engine.StartAsync();
        await EmptyAsync(engine);
        foreach (var second in Enumerable.Range(1, 20))
            await engine.Storage.Live.AddAsync([new LiveEntry(run, engine.Time.GetUtcNow().AddSeconds(second))], CancellationToken.None);
        engine.Time.Advance(s_twoMinutes);
        engine.Journal.Clear();

        Assert.Equal(1, await SweepAsync(engine));

        Assert.Equal((1, 1), (engine.Journal.Count("read"), engine.Journal.Count("send")));
        Assert.Single(await engine.LiveAsync());
    }

    [Fact]
    public async Task A_run_that_cannot_be_looked_at_keeps_no_other_from_it()
    {
        await using var engine = await WithOverdueAsync(5);
        engine.Ports.Fail("read");

        Assert.Equal(4, await SweepAsync(engine));
        Assert.Equal(1, await SweepAsync(engine));
    }

    [Fact]
    public async Task A_pass_ends_though_a_whole_page_of_runs_cannot_be_looked_at()
    {
        await using var engine = await WithOverdueAsync(505);
        // Every second one: never many in succession, which would mean that the storage is down.
        var reads = 0;
        for (var read = 0; read < 1_000; read++)
            engine.Ports.Before("read", () => Interlocked.Increment(ref reads) % 2 == 1 ? throw new IOException("This row cannot be read.") : Task.CompletedTask);

        Assert.Equal(252, await SweepAsync(engine));
        Assert.Equal(505, reads);
    }

    [Fact]
    public async Task Rows_of_a_newer_version_end_no_pass_however_many_they_are()
    {
        await using var engine = await WithOverdueAsync(100);
        for (var read = 0; read < 99; read++)
            engine.Ports.Before("read", () => throw new InvalidDataException("The row was written in version 2."));

        Assert.Equal(1, await SweepAsync(engine));
    }

    [Fact]
    public async Task A_pass_ends_early_when_the_storage_is_down()
    {
        await using var engine = await WithOverdueAsync(100);
        for (var read = 0; read < 100; read++)
            engine.Ports.Fail("read");
        engine.Journal.Clear();

        await Assert.ThrowsAsync<IOException>(() => SweepAsync(engine));
        // Ten that failed, and those that were under way beside the last of them.
        Assert.InRange(engine.Journal.Count("read"), 10, 10 + SideBySide.Most);
    }

    [Fact]
    public async Task A_cancelled_pass_is_cancelled()
    {
        await using var engine = new TestEngine();
        await engine.StartAsync();
        await EmptyAsync(engine);
        engine.Time.Advance(s_twoMinutes);
        using var cancelled = new CancellationTokenSource();
        engine.Ports.Before("read", () =>
        {
            cancelled.Cancel();
            throw new OperationCanceledException(cancelled.Token);
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => engine.Get<Sweep>().RunAsync(cancelled.Token));
        Assert.DoesNotContain(engine.Log.Lines, line => line.Level == LogLevel.Error);
    }

    private static Task<int> SweepAsync(TestEngine engine) => engine.Get<Sweep>().RunAsync(CancellationToken.None);

    /// <summary>Deletes every message that will ever become visible in it.</summary>
    /// <summary>An engine with so many runs whose messages are lost and which are to be looked at.</summary>
    private static async Task<TestEngine> WithOverdueAsync(int runs)
    {
        var engine = new TestEngine();
        for (var run = 0; run < runs; run++)
            await engine.StartAsync();
        await EmptyAsync(engine);
        engine.Time.Advance(s_twoMinutes);
        return engine;
    }

    private static async Task EmptyAsync(TestEngine engine)
    {
        while (engine.Storage.Queue.NextVisibleAt is { } next)
        {
            engine.Time.SetUtcNow(next > engine.Time.GetUtcNow() ? next : engine.Time.GetUtcNow());
            foreach (var delivery in await engine.ReceiveAllAsync())
                await engine.Storage.Queue.DeleteAsync(delivery, CancellationToken.None);
        }
    }

    private static async Task<IEnumerable<LiveEntry>> LateAsync(TestEngine engine) =>
        (await engine.LiveAsync()).Where(entry => entry.CheckAt < engine.Time.GetUtcNow() + s_twoMinutes);
}
