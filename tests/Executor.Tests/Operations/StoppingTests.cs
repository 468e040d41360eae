using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Operations;

public sealed class StoppingTests
{
    [Fact]
    public async Task A_call_that_ends_within_the_grace_is_committed_and_the_rest_goes_back_in_one_message()
    {
        using var stopping = new CancellationTokenSource();
        await using var engine = new TestEngine();
        var gate = Hold(engine);
        var run = await engine.StartAsync();
        var handling = engine.HandleAsync(await engine.ReceiveAsync(), stopping.Token);
        await engine.Journal.UntilAsync("call");

        await stopping.CancelAsync();
        engine.Time.Advance(engine.Options.StopGrace - TimeSpan.FromSeconds(1));
        gate.SetResult();
        await handling;

        Assert.Single(engine.Calls.Made);
        Assert.True((await engine.RunAsync(run)).Has("a"));
        await FinishAsync(engine, run, calls: 2);
    }

    [Fact]
    public async Task A_call_that_outlasts_the_grace_is_broken_off_and_given_back_at_once()
    {
        using var stopping = new CancellationTokenSource();
        await using var engine = new TestEngine();
        Hold(engine);
        var run = await engine.StartAsync();
        var handling = engine.HandleAsync(await engine.ReceiveAsync(), stopping.Token);
        await engine.Journal.UntilAsync("call");

        await stopping.CancelAsync();
        engine.Time.Advance(engine.Options.StopGrace);
        await handling;

        Assert.Equal(1, engine.Journal.Count("broken off"));
        Assert.Empty((await engine.RunAsync(run)).Steps);
        // It was no failed attempt.
        Assert.Equal(0, (await engine.RunAsync(run)).Discovery!.Attempt);
        await FinishAsync(engine, run, calls: 3);
    }

    [Fact]
    public async Task Of_parallel_calls_those_that_end_in_time_are_kept_and_only_the_others_are_made_again()
    {
        using var stopping = new CancellationTokenSource();
        await using var engine = new TestEngine();
        var steps = 0;
        engine.Calls.Answer = async (call, cancel) =>
        {
            if (!call.Item.IsDiscovery && Interlocked.Increment(ref steps) > 2)
                await Task.Delay(Timeout.Infinite, cancel);
            return Answers.ParallelAnswer(call, 5);
        };
        var run = await engine.StartAsync();
        var handling = engine.HandleAsync(await engine.ReceiveAsync(), stopping.Token);
        await engine.Journal.UntilAsync("answer", 3);
        await engine.Journal.UntilAsync("call", 6);

        await stopping.CancelAsync();
        engine.Time.Advance(engine.Options.StopGrace);
        await handling;

        Assert.Equal(2, (await engine.RunAsync(run)).Stack.Count);
        await FinishAsync(engine, run, calls: 1 + 5 + 3 + 1, app => app.Calls.Answer = Answers.Parallel(5));
    }

    [Fact]
    public async Task A_message_that_comes_while_stopping_is_given_back_untouched()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a");
        var run = await engine.StartAsync();

        await engine.HandleAsync(await engine.ReceiveAsync(), new CancellationToken(canceled: true));

        Assert.Equal(["read", "extend 0"], engine.Journal.Lines);
        Assert.Equal(engine.Time.GetUtcNow(), engine.Storage.Queue.NextVisibleAt);
        // The claim of the start was for its first delivery: a process that takes the message now waits until it is over.
        engine.Time.Advance(engine.Options.ClaimLength);
        await FinishAsync(engine, run, calls: 2);
    }

    private static TaskCompletionSource Hold(TestEngine engine)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (call, cancel) =>
        {
            await gate.Task.WaitAsync(cancel);
            return await Answers.Sequence("a")(call, cancel);
        };
        return gate;
    }

    /// <summary>Another process takes over what is in the queue, now, and ends the run.</summary>
    private static async Task FinishAsync(TestEngine stopped, Stepwell.Protocol.Ids.RunId run, int calls, Action<TestEngine>? app = null)
    {
        await using var next = new TestEngine(stopped.Options, beside: stopped);
        next.Time.SetUtcNow(stopped.Time.GetUtcNow());
        next.Calls.Answer = Answers.Sequence("a");
        app?.Invoke(next);

        Assert.Equal(1, stopped.Storage.Queue.Count);
        Assert.Equal(1, await next.WorkAsync());

        Assert.Equal(RunStatus.Completed, (await next.RunAsync(run)).Status);
        Assert.Equal(calls, stopped.Calls.Made.Count + next.Calls.Made.Count);
        Assert.Equal(0, stopped.Storage.Queue.Count);
    }
}
