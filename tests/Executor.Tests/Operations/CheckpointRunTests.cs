using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

public sealed class CheckpointRunTests
{
    // Behind a load balancer any process may get the checkpoint; an app that is told 409 ends its call, and with it the run.
    [Fact]
    public async Task A_process_that_still_waits_for_a_superseded_call_takes_the_checkpoints_of_the_present_one()
    {
        await using var alive = new TestEngine();
        await using var paused = new TestEngine(beside: alive);
        var (late, present) = (Hold(paused), Hold(alive));
        var run = await paused.StartAsync();
        var first = paused.HandleAsync(await paused.ReceiveAsync());
        await paused.Journal.UntilAsync("call");
        // The clock of the paused process stands still: it renews nothing.
        alive.Time.Advance(alive.Options.ClaimLength);
        var second = alive.HandleAsync(await alive.ReceiveAsync());
        await alive.Journal.UntilAsync("call");

        Assert.IsType<CheckpointOutcome.Remembered>(await CheckpointAsync(paused, run, DispatchOf(alive), "a"));
        Assert.True((await alive.RunAsync(run)).Has("a"));
        Assert.IsType<CheckpointOutcome.Superseded>(await CheckpointAsync(paused, run, DispatchOf(paused), "b"));
        Assert.IsType<CheckpointOutcome.Superseded>(await CheckpointAsync(alive, run, DispatchOf(paused), "b"));

        late.SetResult(new AppAnswer.Failed(RunFailures.Of("Error", "superseded").ToJson()));
        present.SetResult(Answers.Returned("1"));
        await Task.WhenAll(first, second);
        var ended = await alive.RunAsync(run);
        Assert.Equal(RunStatus.Completed, ended.Status);
        Assert.Single(ended.Steps);
    }

    [Fact]
    public async Task A_checkpoint_of_the_call_under_way_costs_one_commit_and_reads_nothing()
    {
        await using var engine = new TestEngine();
        var gate = Hold(engine);
        var run = await engine.StartAsync();
        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call");
        engine.Journal.Clear();

        Assert.IsType<CheckpointOutcome.Remembered>(await CheckpointAsync(engine, run, DispatchOf(engine), "a"));

        Assert.Equal(["commit"], engine.Journal.Only("read", "commit"));
        gate.SetResult(Answers.Returned("1"));
        await handling;
    }

    private static TaskCompletionSource<AppAnswer> Hold(TestEngine engine)
    {
        var gate = new TaskCompletionSource<AppAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = (_, cancel) => gate.Task.WaitAsync(cancel);
        return gate;
    }

    private static DispatchKey DispatchOf(TestEngine engine)
    {
        var carried = engine.Calls.Made.Single().Run.Discovery!;
        return new DispatchKey(carried.Number, carried.Dispatch);
    }

    private static Task<CheckpointOutcome> CheckpointAsync(TestEngine engine, RunId run, DispatchKey dispatch, string step) =>
        engine.Get<CheckpointRun>().CheckpointAsync(run, dispatch, [Answers.Ran(step)]);
}
