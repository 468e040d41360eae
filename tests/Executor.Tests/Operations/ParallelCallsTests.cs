using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Operations;

public sealed class ParallelCallsTests
{
    [Fact]
    public async Task A_hundred_parallel_steps_are_called_at_a_time_and_leave_nothing_to_the_queue()
    {
        await using var engine = new TestEngine();
        var gate = HoldSteps(engine, 100);
        await engine.StartAsync();

        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call", 101);
        Assert.Equal(100, engine.Calls.MostAtATime);
        Assert.Empty(await engine.ReceiveAllAsync());

        gate.SetResult();
        await handling;
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task Of_more_parallel_steps_than_are_called_at_a_time_the_rest_goes_to_the_queue_several_in_a_message()
    {
        await using var engine = new TestEngine(new EngineOptions { CommitLinger = TimeSpan.Zero, ParallelCalls = 32 });
        var gate = HoldSteps(engine, 100);
        var run = await engine.StartAsync();

        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call", 33);
        var sent = await engine.ReceiveAllAsync();

        Assert.Equal(32, engine.Calls.MostAtATime);
        Assert.Equal([32, 32, 4], sent.Select(delivery => Read(delivery.Body).Items.Length));
        gate.SetResult();
        await handling;
        Assert.Equal(33, engine.Calls.Made.Count);
        Assert.Equal(32, (await engine.RunAsync(run)).Stack.Count);

        await Task.WhenAll(sent.Select(delivery => engine.HandleAsync(delivery)));
        await engine.WorkToEndAsync();
        var ended = await engine.RunAsync(run);
        Assert.Equal("100", Assert.IsType<RunOutcome.Completed>(ended.Outcome).Output.ToString());
        Assert.All(engine.Calls.Made.Where(call => !call.Item.IsDiscovery).GroupBy(call => call.Item), calls => Assert.Single(calls));
        // The first, and the one after the last of the group: a settled step between them opens none.
        Assert.Equal(2, engine.Calls.Made.Count(call => call.Item.IsDiscovery));
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task The_limit_is_a_setting()
    {
        await using var engine = new TestEngine(new EngineOptions { CommitLinger = TimeSpan.Zero, ParallelCalls = 3 });
        engine.Calls.Answer = Answers.Parallel(10);
        var run = await engine.StartAsync();

        // The first message, and one with the seven others, which are called side by side.
        Assert.Equal(2, await engine.WorkAsync());

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(12, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task Facts_that_come_in_while_a_commit_is_under_way_go_out_together()
    {
        // Every fact takes a random number on its way to the commit.
        var facts = new Journal();
        var options = new EngineOptions
        {
            CommitLinger = TimeSpan.Zero,
            ParallelCalls = 100,
            NextJitter = () =>
            {
                facts.Write("fact");
                return 0;
            },
        };
        await using var engine = new TestEngine(options);
        var gate = HoldSteps(engine, 100);
        var run = await engine.StartAsync();
        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call", 101);

        var commit = engine.Ports.Hold("commit");
        gate.SetResult();
        await facts.UntilAsync("fact", 101);
        commit.SetResult();
        await handling;

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.InRange(engine.Journal.Count("commit"), 3, 20);
    }

    [Fact]
    public async Task A_commit_waits_a_moment_for_calls_that_are_about_to_end()
    {
        await using var engine = new TestEngine(new EngineOptions { CommitLinger = TimeSpan.FromMilliseconds(20) });
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var steps = 0;
        engine.Calls.Answer = async (call, _) =>
        {
            if (!call.Item.IsDiscovery)
                await (Interlocked.Increment(ref steps) <= 20 ? first : last).Task;
            return Answers.ParallelAnswer(call, 30);
        };
        var run = await engine.StartAsync();
        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call", 31);

        first.SetResult();
        await engine.Journal.UntilAsync("answer", 21);
        await engine.Journal.UntilAsync("timer 0.02");
        Assert.Equal(1, engine.Journal.Count("commit"));
        engine.Time.Advance(TimeSpan.FromMilliseconds(20));
        await engine.Journal.UntilAsync("commit", 2);
        // Nothing else is under way when the last ten have come: they wait for nobody.
        last.SetResult();
        await handling;

        Assert.Equal("30", Assert.IsType<RunOutcome.Completed>((await engine.RunAsync(run)).Outcome).Output.ToString());
        Assert.InRange(engine.Journal.Count("commit"), 4, 12);
    }

    [Fact]
    public async Task A_parallel_step_that_fails_is_called_again_alone_while_the_others_are_settled()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = (call, _) => Task.FromResult(
            call.Item == Stepwell.Protocol.Ids.StepKey.Hash("1") && call.Attempt < 2 ? Answers.Broken("no luck") : Answers.ParallelAnswer(call, 3));
        var run = await engine.StartAsync();

        await engine.WorkToEndAsync();

        var ended = await engine.RunAsync(run);
        Assert.Equal(RunStatus.Completed, ended.Status);
        Assert.Equal([1, 1, 3], ended.Steps.Values.Select(step => step.Attempts.Length).Order());
        Assert.Equal(2 + 2 + 3, engine.Calls.Made.Count);
    }

    private static TaskCompletionSource HoldSteps(TestEngine engine, int steps)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (call, _) =>
        {
            if (!call.Item.IsDiscovery)
                await gate.Task;
            return Answers.ParallelAnswer(call, steps);
        };
        return gate;
    }

    private static WorkMessage Read(string body) => WorkMessageText.TryRead(body, out var message, out var problem) ? message : throw new InvalidOperationException(problem);
}
