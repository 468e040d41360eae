using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Events that cancel runs.</summary>
public sealed class CancelOnTests
{
    [Fact]
    public async Task An_event_that_matches_cancels_the_run_and_leaves_nothing_of_it()
    {
        await using var engine = await CreateAsync("""[{"event":"stop","if":"async.data.user == event.data.user"}]""");
        var runs = await engine.SendAsync("""[{"name":"go","data":{"user":"ann"}},{"name":"go","data":{"user":"bob"}}]""");
        await engine.WorkAsync();

        await engine.SendAsync("""{"name":"stop","data":{"user":"ann"}}""");
        await engine.WorkAsync();

        var outcomes = await Task.WhenAll(runs.Select(async run => (await engine.RunAsync(run)).Outcome));
        Assert.Equal("event 'stop' came", Assert.Single(outcomes.OfType<RunOutcome.Cancelled>()).Reason);
        Assert.Single(outcomes.OfType<RunOutcome.Live>());
        Assert.Equal(1, engine.Storage.Waits.Count);
    }

    [Fact]
    public async Task A_run_that_ends_by_itself_waits_for_no_such_event_any_more()
    {
        await using var engine = await CreateAsync("""[{"event":"stop"},{"event":"halt","match":"data.user"}]""");
        await engine.SendAsync("""{"name":"go","data":{"user":"ann"}}""");
        Assert.Equal(2, engine.Storage.Waits.Count);

        await engine.WorkToEndAsync();

        Assert.Equal(0, engine.Storage.Waits.Count);
    }

    [Fact]
    public async Task An_event_after_its_time_cancels_nothing()
    {
        await using var engine = await CreateAsync("""[{"event":"stop","timeout":"10m"}]""");
        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await engine.WorkAsync();
        engine.Time.Advance(TimeSpan.FromMinutes(11));

        await engine.SendAsync("""{"name":"stop"}""");
        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task An_event_cancels_the_runs_before_it_and_not_the_one_that_it_starts()
    {
        await using var engine = await CreateAsync("""[{"event":"go","match":"data.user"}]""");

        var first = Assert.Single(await engine.SendAsync("""{"name":"go","data":{"user":"ann"}}"""));
        var second = Assert.Single(await engine.SendAsync("""{"name":"go","data":{"user":"ann"}}"""));
        await engine.WorkToEndAsync();

        Assert.Equal([RunStatus.Cancelled, RunStatus.Completed], [(await engine.RunAsync(first)).Status, (await engine.RunAsync(second)).Status]);
    }

    [Fact]
    public async Task An_event_that_comes_while_the_run_is_created_is_not_missed()
    {
        await using var engine = await CreateAsync("""[{"event":"stop"}]""");
        await using var other = new TestEngine(beside: engine);
        engine.Waits.After("add", () => other.SendAsync("""{"name":"stop"}"""));

        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Cancelled, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task What_would_have_cancelled_a_run_is_forgotten_by_the_sweep_when_whoever_ended_it_has_died()
    {
        await using var engine = await CreateAsync("""[{"event":"stop"}]""");
        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        engine.Waits.Fail("remove");
        await Assert.ThrowsAsync<IOException>(() => engine.WorkToEndAsync());
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(1, engine.Storage.Waits.Count);

        engine.Time.Advance(TimeSpan.FromMinutes(3));
        await engine.Get<Sweep>().RunAsync(CancellationToken.None);

        Assert.Equal(0, engine.Storage.Waits.Count);
        Assert.Empty(await engine.LiveAsync());
    }

    private static async Task<TestEngine> CreateAsync(string cancel)
    {
        var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        await engine.RegisterAsync("shop-cancellable", $",\"cancel\":{cancel}");
        return engine;
    }
}
