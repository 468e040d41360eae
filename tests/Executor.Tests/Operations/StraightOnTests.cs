using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Operations;

public sealed class StraightOnTests
{
    private static readonly string[] s_ten = [.. Enumerable.Range(0, 10).Select(step => $"step {step}")];

    [Fact]
    public async Task Ten_steps_are_one_message_one_read_and_one_commit_a_step()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence(s_ten);
        var run = await engine.StartAsync();

        Assert.Equal(1, await engine.WorkAsync());

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        // Ten steps, and the end.
        string[] eleven = [.. Enumerable.Repeat<string[]>(["call", "answer", "commit"], 11).SelectMany(step => step)];
        Assert.Equal(["read", .. eleven, "live remove soon", "delete"], engine.Journal.Lines.Where(line => !line.StartsWith("timer", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_step_of_a_sequence_is_called_with_what_came_before_it()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence(s_ten);
        await engine.StartAsync();

        await engine.WorkAsync();

        Assert.Equal(Enumerable.Range(0, 11), engine.Calls.Made.Select(call => call.Run.Stack.Count));
        Assert.All(engine.Calls.Made, call => Assert.Equal($"{TestEngine.AppUrl}?fnId=shop-f&stepId=step", call.Url.ToString()));
    }

    [Fact]
    public async Task A_run_of_a_thousand_steps_ends_and_one_of_more_fails_with_a_sentence()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = (call, _) => Task.FromResult(
            call.Run.Stack.Count == (call.Run.Function.Value == "shop-most" ? 1_000 : 1_001) ? Answers.Returned("1") : Answers.Reported(Answers.Ran($"{call.Run.Stack.Count}")));
        var most = await engine.StartAsync("shop-most");
        var more = await engine.StartAsync("shop-more");

        await engine.WorkAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(most)).Status);
        var failed = Assert.IsType<RunOutcome.Failed>((await engine.RunAsync(more)).Outcome);
        Assert.Contains("more than 1000 steps", failed.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_time_budget_is_used_up_one_message_continues_the_run()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = (call, cancel) =>
        {
            engine.Time.Advance(TimeSpan.FromMinutes(2));
            return Answers.Sequence(s_ten)(call, cancel);
        };
        var run = await engine.StartAsync();

        await engine.HandleAsync(await engine.ReceiveAsync());

        // The default budget is 4 minutes.
        Assert.Equal(2, engine.Calls.Made.Count);
        Assert.Equal(2, (await engine.RunAsync(run)).Stack.Count);
        Assert.Empty((await engine.RunAsync(run)).Claims);
        Assert.Equal(1, engine.Storage.Queue.Count);
        Assert.Equal(1, engine.Journal.Count("send"));

        // Eleven calls, two a message.
        Assert.Equal(5, await engine.WorkAsync());
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(11, engine.Calls.Made.Count);
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task Parallel_calls_outlast_the_time_budget_and_what_follows_them_goes_to_the_queue_in_one_message()
    {
        await using var engine = new TestEngine(new EngineOptions { CommitLinger = TimeSpan.Zero, TimeBudget = TimeSpan.FromSeconds(5) });
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (call, _) =>
        {
            if (!call.Item.IsDiscovery)
                await gate.Task;
            return Answers.ParallelAnswer(call, 5);
        };
        var run = await engine.StartAsync();

        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call", 6);
        engine.Time.Advance(TimeSpan.FromSeconds(6));
        gate.SetResult();
        await handling;

        Assert.Equal(6, engine.Calls.Made.Count);
        Assert.Equal(5, (await engine.RunAsync(run)).Stack.Count);
        Assert.Equal(1, engine.Storage.Queue.Count);
        Assert.Equal(1, await engine.WorkAsync());
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(7, engine.Calls.Made.Count);
    }
}
