using Microsoft.Extensions.Logging;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Messages that the queue has given up, and how the engine keeps it from giving up good ones.</summary>
public sealed class GiveUpMessageTests
{
    [Fact]
    public async Task A_message_that_was_given_up_fails_its_run_and_the_run_says_why()
    {
        await using var engine = new TestEngine();
        var run = await engine.StartAsync();
        var given = await engine.ReceiveAsync();

        await engine.Get<GiveUpMessage>().HandleAsync("message-7", given.Body, CancellationToken.None);

        var failed = Assert.IsType<RunOutcome.Failed>((await engine.RunAsync(run)).Outcome);
        Assert.Contains("given up message 'message-7'", failed.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains(run.Value, Assert.Single(engine.Log.Lines, line => line.Level == LogLevel.Error).Text, StringComparison.Ordinal);
        Assert.Empty(await engine.LiveAsync());
    }

    [Fact]
    public async Task A_run_that_has_ended_stays_as_it_ended()
    {
        await using var engine = new TestEngine();
        var run = await engine.StartAsync();
        var delivery = await engine.ReceiveAsync();
        await engine.HandleAsync(delivery);

        await engine.Get<GiveUpMessage>().HandleAsync("message-7", delivery.Body, CancellationToken.None);

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.DoesNotContain(engine.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Runs_that_were_only_named_in_a_message_get_hints_of_their_own()
    {
        await using var engine = new TestEngine();
        var runs = new[] { await engine.StartAsync(), await engine.StartAsync() };
        foreach (var sent in await engine.ReceiveAllAsync())
            await engine.Storage.Queue.DeleteAsync(sent, CancellationToken.None);

        await engine.Get<GiveUpMessage>().HandleAsync("message-7", WorkMessageText.WriteStarts(runs), CancellationToken.None);
        await engine.WorkToEndAsync();

        foreach (var run in runs)
            Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);

        Assert.DoesNotContain(engine.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("{}", LogLevel.Error, "its version is 0")]
    [InlineData("""{"v":1,"id":"m0","run":"01ARZ3NDEKTSV4RRFFQ69G5FAV","items":["step"]}""", LogLevel.Warning, "does not exist")]
    public async Task What_is_about_no_run_is_dropped_and_logged(string body, LogLevel level, string reason)
    {
        await using var engine = new TestEngine();

        await engine.Get<GiveUpMessage>().HandleAsync("message-7", body, CancellationToken.None);

        Assert.Contains(reason, Assert.Single(engine.Log.Lines, line => line.Level == level).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_was_put_off_very_often_is_put_off_as_a_new_one()
    {
        await using var engine = new TestEngine(new EngineOptions { CommitLinger = TimeSpan.Zero, MostDeliveries = 3 });
        engine.Calls.Answer = Answers.Sleep("30d");
        await engine.StartAsync();
        await engine.WorkAsync();
        // The queue delays for a week at most: the message comes early and is put off, twice as the same one.
        for (var week = 1; week <= 2; week++)
            Assert.Equal(week, (await NextWeekAsync()).DequeueCount);

        var third = await NextWeekAsync();
        Assert.Equal(3, third.DequeueCount);
        var fourth = await NextWeekAsync();
        Assert.Equal(1, fourth.DequeueCount);
        Assert.NotEqual(third.Id, fourth.Id);

        await engine.WorkToEndAsync();
        Assert.Empty(await engine.LiveAsync());

        async Task<Executor.Ports.Delivery> NextWeekAsync()
        {
            engine.Time.Advance(engine.Storage.Queue.NextVisibleAt!.Value - engine.Time.GetUtcNow());
            var delivery = await engine.ReceiveAsync();
            await engine.HandleAsync(delivery);
            return delivery;
        }
    }
}
