using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

public sealed class ConflictTests
{
    [Fact]
    public async Task On_a_conflict_the_fact_is_decided_against_the_newest_row_and_the_call_is_not_made_again()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a", "b");
        var run = await engine.StartAsync();
        for (var conflict = 0; conflict < 3; conflict++)
            engine.Ports.Before("commit", () => ChangeAsync(engine, run));

        Assert.Equal(1, await engine.WorkAsync());

        var ended = await engine.RunAsync(run);
        Assert.Equal(RunStatus.Completed, ended.Status);
        // What the others wrote is kept.
        Assert.Equal(4, ended.NextMessage);
        Assert.Equal(["read", "call", "commit", "read", "commit", "read", "commit", "read", "commit", "call"], engine.Journal.Only("read", "call", "commit").Take(10));
        Assert.Equal(3, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task The_result_of_a_run_that_was_cancelled_meanwhile_is_dropped()
    {
        await using var engine = new TestEngine();
        await using var other = new TestEngine(beside: engine);
        engine.Calls.Answer = Answers.Sequence("a", "b");
        var run = await engine.StartAsync();
        engine.Ports.Before("commit", () => other.Get<CancelRun>().CancelAsync(run, "enough", CancellationToken.None));

        await engine.HandleAsync(await engine.ReceiveAsync());

        var ended = await engine.RunAsync(run);
        Assert.Equal("enough", Assert.IsType<RunOutcome.Cancelled>(ended.Outcome).Reason);
        Assert.Empty(ended.Steps);
        Assert.Single(engine.Calls.Made);
        Assert.Equal(0, engine.Storage.Queue.Count);
        Assert.Empty(await engine.LiveAsync());
    }

    [Fact]
    public async Task All_facts_of_a_group_are_decided_again()
    {
        await using var engine = new TestEngine();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (call, _) =>
        {
            if (!call.Item.IsDiscovery)
                await gate.Task;
            return Answers.ParallelAnswer(call, 20);
        };
        var run = await engine.StartAsync();
        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call", 21);
        for (var conflict = 0; conflict < 3; conflict++)
            engine.Ports.Before("commit", () => ChangeAsync(engine, run));

        gate.SetResult();
        await handling;

        Assert.Equal("20", Assert.IsType<RunOutcome.Completed>((await engine.RunAsync(run)).Outcome).Output.ToString());
        Assert.Equal(22, engine.Calls.Made.Count);
    }

    private static async Task ChangeAsync(TestEngine engine, RunId id)
    {
        var found = (ReadRunOutcome.Found)await engine.Storage.Runs.ReadAsync(id, CancellationToken.None);
        await engine.Storage.Runs.CommitAsync(found.Run, found.Version, found.Run with { NextMessage = found.Run.NextMessage + 1 }, CancellationToken.None);
    }
}
