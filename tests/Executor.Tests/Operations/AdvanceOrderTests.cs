using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Operations;

public sealed class AdvanceOrderTests
{
    [Fact]
    public async Task What_a_call_brought_is_committed_then_what_follows_is_sent_then_the_message_is_deleted()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        await engine.StartAsync();

        await engine.HandleAsync(await engine.ReceiveAsync());

        Assert.Equal(["call", "answer", "commit", "send", "delete"], engine.Journal.Only("call", "answer", "commit", "send", "delete"));
        Assert.Equal(1, engine.Storage.Queue.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_stays_until_what_follows_from_it_was_sent(bool afterEffect)
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        var run = await engine.StartAsync();
        engine.Ports.Fail("send", afterEffect);

        await Assert.ThrowsAsync<IOException>(async () => await engine.HandleAsync(await engine.ReceiveAsync()));

        Assert.DoesNotContain("delete", engine.Journal.Lines);
        Assert.Equal(afterEffect ? 2 : 1, engine.Storage.Queue.Count);

        engine.Time.Advance(engine.Options.ClaimLength);
        engine.Journal.Clear();
        await engine.HandleAsync(await engine.ReceiveAsync());

        Assert.Equal(["send", "delete"], engine.Journal.Only("call", "commit", "send", "delete"));
        await engine.WorkToEndAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(2, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task A_commit_that_fails_sends_and_deletes_nothing_and_the_call_is_made_again_when_the_message_comes_back()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a");
        var run = await engine.StartAsync();
        engine.Ports.Fail("commit");

        await Assert.ThrowsAsync<IOException>(async () => await engine.HandleAsync(await engine.ReceiveAsync()));

        Assert.Equal(["call", "commit"], engine.Journal.Only("call", "commit", "send", "delete"));
        Assert.Empty((await engine.RunAsync(run)).Steps);
        Assert.Equal(engine.Time.GetUtcNow() + engine.Options.ClaimLength, engine.Storage.Queue.NextVisibleAt);

        await engine.WorkToEndAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        // The step ran twice, because its first result was lost.
        Assert.Equal(3, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_found_when_the_message_comes_back_and_the_step_is_not_called_again()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a", "b");
        var run = await engine.StartAsync();
        engine.Ports.Fail("commit", afterEffect: true);

        await Assert.ThrowsAsync<IOException>(async () => await engine.HandleAsync(await engine.ReceiveAsync()));
        Assert.True((await engine.RunAsync(run)).Has("a"));
        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal([0, 1, 2], engine.Calls.Made.Select(call => call.Run.Stack.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_delete_that_fails_does_no_harm(bool afterEffect)
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a");
        var run = await engine.StartAsync();
        engine.Ports.Fail("delete", afterEffect);

        await Assert.ThrowsAsync<IOException>(async () => await engine.HandleAsync(await engine.ReceiveAsync()));
        var ended = await engine.RunAsync(run);
        engine.Journal.Clear();
        Assert.Equal(afterEffect ? 0 : 1, await engine.WorkToEndAsync());

        Assert.Equal(RunStatus.Completed, ended.Status);
        Assert.Same(ended, await engine.RunAsync(run));
        Assert.Empty(engine.Journal.Only("call", "commit", "send"));
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task A_live_index_that_fails_at_the_end_of_a_run_leaves_its_row_to_the_sweep()
    {
        await using var engine = new TestEngine();
        var run = await engine.StartAsync();
        engine.Ports.LosesRemovals = true;

        await engine.HandleAsync(await engine.ReceiveAsync());

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(run, Assert.Single(await engine.LiveAsync()).Run);
    }
}
