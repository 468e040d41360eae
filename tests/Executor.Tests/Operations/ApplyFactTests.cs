using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Operations;

public sealed class ApplyFactTests
{
    [Fact]
    public async Task What_a_fact_from_outside_makes_due_is_sent_to_the_queue_after_the_commit()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        var run = await engine.StartAsync();
        await engine.WorkAsync();
        engine.Time.Advance(TimeSpan.FromHours(1));
        engine.Journal.Clear();

        await engine.Get<ApplyFact>().ToAsync(run, new Fact.Woke(StepKey.Hash("sleep")) { By = Handling.Outside }, CancellationToken.None);

        Assert.Equal(["read", "commit", "send"], engine.Journal.Only("read", "commit", "send"));
        // Nothing is gone on with here: the call belongs to whoever receives the message.
        Assert.Single(engine.Calls.Made);
        await engine.WorkToEndAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(2, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task A_fact_that_does_not_fit_changes_nothing_and_costs_one_read()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        var run = await engine.StartAsync();
        await engine.WorkAsync();
        var before = await engine.RunAsync(run);
        engine.Journal.Clear();

        var left = await engine.Get<ApplyFact>().ToAsync(
            run, new Fact.EventMatched(StepKey.Hash("sleep"), RawJson.FromString("{}")) { By = Handling.Outside }, CancellationToken.None);

        Assert.Same(before, left);
        Assert.Equal(["read"], engine.Journal.Lines);
    }
}
