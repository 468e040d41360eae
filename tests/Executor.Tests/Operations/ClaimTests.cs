using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Operations;

public sealed class ClaimTests
{
    [Fact]
    public async Task A_message_that_wakes_a_parked_run_claims_before_it_calls()
    {
        await using var engine = new TestEngine();
        var run = await engine.StartAsync();
        engine.Calls.Answer = (_, _) => Task.FromResult(Answers.Broken("not yet"));
        await engine.WorkAsync();
        engine.Journal.Clear();
        var claimed = false;
        engine.Calls.Answer = async (call, _) =>
        {
            var stored = await engine.RunAsync(call.Run.Id);
            claimed = stored.IsClaimed(stored.Discovery!.Holder, engine.Time.GetUtcNow());
            return Answers.Returned("1");
        };

        await engine.WorkToEndAsync();

        Assert.True(claimed);
        Assert.Equal(["read", "commit", "call", "commit", "delete"], engine.Journal.Only("read", "commit", "call", "delete"));
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task The_commit_that_wakes_a_sleep_claims_the_call_after_it()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        await engine.StartAsync();
        await engine.WorkAsync();
        engine.Journal.Clear();

        await engine.WorkToEndAsync();

        Assert.Equal(["commit", "call", "commit"], engine.Journal.Only("commit", "call"));
        var woken = engine.Calls.Made.Last().Run;
        Assert.True(woken.IsClaimed(woken.Discovery!.Holder, engine.Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_duplicate_that_meets_a_live_claim_goes_back_until_the_claim_is_over_and_makes_no_call()
    {
        await using var first = new TestEngine();
        await using var second = new TestEngine(beside: first);
        var gate = HoldCalls(first, Answers.Sequence("a"));
        var run = await first.StartAsync();
        var delivery = await first.ReceiveAsync();
        var handling = first.HandleAsync(delivery);
        await first.Journal.UntilAsync("call");

        foreach (var body in new[] { delivery.Body, delivery.Body.Replace(",\"fresh\":true", "", StringComparison.Ordinal) })
        {
            await first.Storage.Queue.SendAsync(0, body, TimeSpan.Zero, CancellationToken.None);
            // Had the other process the first copy, it would own the claim; a copy of it was received before.
            await second.HandleAsync(await second.ReceiveAsync() with { DequeueCount = 2 });
        }

        Assert.Empty(second.Calls.Made);
        Assert.Empty(second.Journal.Only("commit", "delete"));
        Assert.Equal(2, second.Journal.Count("extend 30"));
        gate.SetResult();
        await handling;
        first.Journal.Clear();
        Assert.Equal(2, await first.WorkToEndAsync());
        Assert.Empty(first.Journal.Only("call", "commit", "send"));
        Assert.Equal(2, first.Calls.Made.Count);
        Assert.Equal(RunStatus.Completed, (await first.RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_duplicate_that_comes_just_before_the_end_of_a_claim_is_still_put_back_for_a_whole_second()
    {
        await using var first = new TestEngine();
        await using var second = new TestEngine(beside: first);
        var gate = HoldCalls(second, Answers.Sequence("a"));
        await second.StartAsync();
        var handling = second.HandleAsync(await second.ReceiveAsync());
        await second.Journal.UntilAsync("call");
        first.Time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(300));
        // The claim was renewed by nobody: that process hangs.
        await first.Storage.Queue.SendAsync(0, Assert.Single(await PeekAsync(first)), TimeSpan.Zero, CancellationToken.None);

        await first.HandleAsync(await first.ReceiveAsync());

        Assert.Empty(first.Calls.Made);
        Assert.Equal(1, first.Journal.Count("extend 1"));
        gate.SetResult();
        await handling;
    }

    [Fact]
    public async Task A_claim_that_is_over_is_taken_over_and_the_late_answer_of_its_holder_is_dropped()
    {
        await using var alive = new TestEngine();
        await using var paused = new TestEngine(beside: alive);
        var gate = HoldCalls(paused, (_, _) => Task.FromResult(Answers.Reported(Answers.Ran("a", "\"late\""))));
        alive.Calls.Answer = (call, _) => Task.FromResult(call.Run.Has("a") ? Answers.Returned("2") : Answers.Reported(Answers.Ran("a", "\"in time\"")));
        var run = await paused.StartAsync();
        var handling = paused.HandleAsync(await paused.ReceiveAsync());
        await paused.Journal.UntilAsync("call");

        // The clock of the paused process stands still: it renews nothing.
        alive.Time.Advance(alive.Options.ClaimLength);
        await alive.HandleAsync(await alive.ReceiveAsync());
        var ended = await alive.RunAsync(run);
        gate.SetResult();
        await handling;

        Assert.Equal(RunStatus.Completed, ended.Status);
        Assert.Same(ended, await alive.RunAsync(run));
        Assert.Equal("\"in time\"", ((StepState.Done)Assert.Single(ended.Steps.Values).State).Memo.Content.ToString());
        Assert.Single(paused.Calls.Made);
        Assert.Equal(0, alive.Storage.Queue.Count);
    }

    [Fact]
    public async Task A_long_call_keeps_the_lease_and_the_claim()
    {
        await using var engine = new TestEngine();
        var gate = HoldCalls(engine, Answers.Sequence("a"));
        var run = await engine.StartAsync();
        var handling = engine.HandleAsync(await engine.ReceiveAsync());

        for (var tick = 1; tick <= 60; tick++)
        {
            await engine.Journal.UntilAsync("timer 10", tick);
            engine.Time.Advance(TimeSpan.FromSeconds(10));
            await engine.Journal.UntilAsync("timer 10", tick + 1);

            Assert.Empty(await engine.ReceiveAllAsync());
            var claim = Assert.Single((await engine.RunAsync(run)).Claims).Value;
            Assert.True(claim - engine.Time.GetUtcNow() > TimeSpan.FromSeconds(10));
        }

        gate.SetResult();
        await handling;
        Assert.Equal(60, engine.Journal.Count("extend 30"));
        Assert.True((await engine.RunAsync(run)).Has("a"));
        Assert.Empty((await engine.RunAsync(run)).Claims);
    }

    [Fact]
    public async Task A_lease_that_is_lost_causes_no_second_call_while_the_claim_is_kept_and_what_follows_goes_to_the_queue()
    {
        await using var first = new TestEngine();
        await using var second = new TestEngine(beside: first);
        var gate = HoldCalls(first, Answers.Sequence("a"));
        var run = await first.StartAsync();
        first.Ports.LosesLeases = true;
        var handling = first.HandleAsync(await first.ReceiveAsync());
        for (var tick = 1; tick <= 3; tick++)
        {
            await first.Journal.UntilAsync("timer 10", tick);
            first.Time.Advance(TimeSpan.FromSeconds(10));
        }

        await first.Journal.UntilAsync("timer 10", 4);
        second.Time.Advance(TimeSpan.FromSeconds(30));
        await second.HandleAsync(await second.ReceiveAsync());
        gate.SetResult();
        await handling;

        Assert.Empty(second.Calls.Made);
        Assert.Single(first.Calls.Made);
        // The message is the other's to delete, at any time: so what comes next has one of its own.
        Assert.DoesNotContain("delete", first.Journal.Lines);
        second.Calls.Answer = Answers.Sequence("a");
        second.Time.Advance(TimeSpan.FromSeconds(30));
        first.Time.Advance(TimeSpan.FromSeconds(30));
        await second.WorkAsync();
        Assert.Equal(RunStatus.Completed, (await first.RunAsync(run)).Status);
        await first.WorkToEndAsync();
        Assert.Equal(0, first.Storage.Queue.Count);
        Assert.Single(first.Calls.Made);
        Assert.Single(second.Calls.Made);
    }

    private static TaskCompletionSource HoldCalls(TestEngine engine, Func<AppCall, CancellationToken, Task<AppAnswer>> answer)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (call, cancel) =>
        {
            await gate.Task.WaitAsync(cancel);
            return await answer(call, cancel);
        };
        return gate;
    }

    /// <summary>The text of a hint for the run's first discovery, whose message is hidden.</summary>
    private static async Task<string[]> PeekAsync(TestEngine engine)
    {
        var run = Assert.Single(await engine.LiveAsync()).Run;
        return [Stepwell.Executor.Operations.WorkMessageText.Write(new(MessageId.Start, run, [Stepwell.Protocol.Ids.StepKey.Discovery]))];
    }
}
