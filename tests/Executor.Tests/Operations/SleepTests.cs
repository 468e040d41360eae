using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

public sealed class SleepTests
{
    [Fact]
    public async Task A_sleep_longer_than_seven_days_hops()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("30d");
        var run = await engine.StartAsync();
        var began = engine.Time.GetUtcNow();
        await engine.WorkAsync();
        engine.Journal.Clear();

        foreach (var day in new[] { 7, 14, 21, 28 })
        {
            Assert.Equal(began + TimeSpan.FromDays(day), engine.Storage.Queue.NextVisibleAt);
            engine.Time.Advance(TimeSpan.FromDays(7));
            Assert.Equal(1, await engine.WorkAsync());
        }

        Assert.Equal(3, engine.Journal.Count("extend 604800"));
        Assert.Equal(1, engine.Journal.Count("extend 172800"));
        Assert.Empty(engine.Journal.Only("call", "commit", "send", "delete"));
        Assert.Equal(1, await engine.WorkToEndAsync());
        Assert.Equal(began + TimeSpan.FromDays(30), (await engine.RunAsync(run)).EndedAt);
        Assert.Equal("\"awake\"", Assert.IsType<RunOutcome.Completed>((await engine.RunAsync(run)).Outcome).Output.ToString());
    }

    [Fact]
    public async Task The_longest_sleep_ends_on_its_day()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("366d");
        var run = await engine.StartAsync();
        var began = engine.Time.GetUtcNow();

        await engine.WorkToEndAsync();

        Assert.Equal(began + TimeSpan.FromDays(366), (await engine.RunAsync(run)).EndedAt);
        Assert.Equal(2, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task A_message_that_comes_early_is_put_back_for_the_rest()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        var run = await engine.StartAsync();
        await engine.WorkAsync();
        engine.Time.Advance(TimeSpan.FromMinutes(20));
        await engine.Get<WorkSender>().SendAsync(run, new Hint(MessageId.Numbered(1), [StepKey.Hash("sleep")], engine.Time.GetUtcNow()), CancellationToken.None);
        engine.Journal.Clear();

        await engine.HandleAsync(await engine.ReceiveAsync());

        Assert.Equal(["read", "extend 2400"], engine.Journal.Lines);
        await engine.WorkToEndAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(2, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task What_is_left_below_a_second_is_waited_for_in_process()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("2500ms");
        var run = await engine.StartAsync();
        var began = engine.Time.GetUtcNow();
        await engine.WorkAsync();
        Assert.Equal(began + TimeSpan.FromSeconds(2), engine.Storage.Queue.NextVisibleAt);

        engine.Time.Advance(TimeSpan.FromSeconds(2));
        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("timer 0.5");
        Assert.Single(engine.Calls.Made);
        engine.Time.Advance(TimeSpan.FromMilliseconds(500));
        await handling;

        Assert.Equal(began + TimeSpan.FromMilliseconds(2_500), (await engine.RunAsync(run)).EndedAt);
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task A_sleep_below_a_second_never_goes_to_the_queue()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("300ms");
        var run = await engine.StartAsync();

        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("timer 0.3");
        engine.Time.Advance(TimeSpan.FromMilliseconds(300));
        await handling;

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Empty(engine.Journal.Only("send"));
    }

    [Fact]
    public async Task A_sleep_that_is_over_already_goes_on_at_once()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("2020-01-01T00:00:00Z");
        var run = await engine.StartAsync();

        Assert.Equal(1, await engine.WorkAsync());

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }
}
