using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

public sealed class CancelRunTests
{
    [Fact]
    public async Task A_sleeping_run_is_cancelled_its_steps_are_dropped_and_its_message_finds_nothing_to_do()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        var run = await engine.StartAsync();
        await engine.WorkAsync();

        var cancelled = await CancelAsync(engine, run);

        Assert.Equal("because", Assert.IsType<RunOutcome.Cancelled>(cancelled!.Outcome).Reason);
        Assert.IsType<StepState.Abandoned>(Assert.Single(cancelled.Steps.Values).State);
        Assert.Same(cancelled, await engine.RunAsync(run));
        Assert.Empty(await engine.LiveAsync());
        Assert.Equal(1, await engine.WorkToEndAsync());
        Assert.Single(engine.Calls.Made);
    }

    [Fact]
    public async Task A_run_that_has_not_begun_is_cancelled_and_never_called()
    {
        await using var engine = new TestEngine();
        var run = await engine.StartAsync();

        await CancelAsync(engine, run);
        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Cancelled, (await engine.RunAsync(run)).Status);
        Assert.Empty(engine.Calls.Made);
    }

    [Fact]
    public async Task The_answer_of_a_call_under_way_is_dropped()
    {
        await using var engine = new TestEngine();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calls.Answer = async (call, cancel) =>
        {
            await gate.Task;
            return await Answers.Sequence("a", "b")(call, cancel);
        };
        var run = await engine.StartAsync();
        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("call");

        var cancelled = await CancelAsync(engine, run);
        gate.SetResult();
        await handling;

        Assert.Same(cancelled, await engine.RunAsync(run));
        Assert.Single(engine.Calls.Made);
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task Whoever_loses_against_another_commit_decides_again_against_the_newest_row()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a", "b");
        var run = await engine.StartAsync();
        for (var conflict = 0; conflict < 5; conflict++)
            engine.Ports.Before("commit", () => ChangeAsync(engine, run));

        var cancelled = await CancelAsync(engine, run);

        Assert.Equal(6, engine.Journal.Count("commit"));
        Assert.Equal(6, engine.Journal.Count("read"));
        Assert.Equal(6, cancelled!.NextMessage);
        Assert.Equal(RunStatus.Cancelled, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_run_that_ends_while_it_is_being_cancelled_stays_as_it_ended()
    {
        await using var engine = new TestEngine();
        await using var other = new TestEngine(beside: engine);
        var run = await engine.StartAsync();
        other.Calls.Answer = Answers.Sequence("a");
        engine.Ports.Before("commit", other.WorkAsync);

        var left = await CancelAsync(engine, run);

        Assert.Equal(RunStatus.Completed, left!.Status);
        Assert.Same(left, await engine.RunAsync(run));
    }

    [Fact]
    public async Task A_run_that_ended_or_never_was_costs_no_commit()
    {
        await using var engine = new TestEngine();
        var run = await engine.StartAsync();
        await engine.WorkAsync();
        engine.Journal.Clear();

        Assert.Equal(RunStatus.Completed, (await CancelAsync(engine, run))!.Status);
        Assert.Null(await CancelAsync(engine, RunId.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV")));

        Assert.Equal(["read", "read"], engine.Journal.Lines);
    }

    private static Task<Run?> CancelAsync(TestEngine engine, RunId run) => engine.Get<CancelRun>().CancelAsync(run, "because", CancellationToken.None);

    private static async Task ChangeAsync(TestEngine engine, RunId id)
    {
        var found = (ReadRunOutcome.Found)await engine.Storage.Runs.ReadAsync(id, CancellationToken.None);
        await engine.Storage.Runs.CommitAsync(found.Run, found.Version, found.Run with { NextMessage = found.Run.NextMessage + 1 }, CancellationToken.None);
    }
}
