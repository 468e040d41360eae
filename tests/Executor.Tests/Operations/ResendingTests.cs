using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

public sealed class ResendingTests
{
    [Fact]
    public async Task A_message_that_comes_back_sends_again_what_it_may_never_have_sent_and_does_its_own_rest()
    {
        await using var engine = new TestEngine(new EngineOptions { CommitLinger = TimeSpan.Zero, ParallelCalls = 32 });
        engine.Calls.Answer = Answers.Parallel(100);
        var run = await engine.StartAsync();
        // Of three messages the second fails: the third is never tried.
        engine.Ports.Before("send", () => Task.CompletedTask);
        engine.Ports.Fail("send");

        await Assert.ThrowsAsync<IOException>(async () => await engine.HandleAsync(await engine.ReceiveAsync()));
        Assert.Equal(2, engine.Storage.Queue.Count);

        await engine.WorkToEndAsync();
        var ended = await engine.RunAsync(run);
        Assert.Equal("100", Assert.IsType<RunOutcome.Completed>(ended.Outcome).Output.ToString());
        Assert.All(engine.Calls.Made.Where(call => !call.Item.IsDiscovery).GroupBy(call => call.Item), calls => Assert.Single(calls));
    }

    [Fact]
    public async Task A_message_whose_own_item_is_done_sends_the_hints_that_carry_its_id_and_is_deleted()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = (call, _) => Task.FromResult(call.Run.Steps.Count == 0
            ? Answers.Reported(Answers.Slept("one", "1h"), Answers.Slept("two", "2h"))
            : Answers.Returned("0"));
        var run = await engine.StartAsync();
        engine.Ports.Before("send", () => throw new IOException("down"));
        await Assert.ThrowsAsync<IOException>(async () => await engine.HandleAsync(await engine.ReceiveAsync()));
        engine.Time.Advance(engine.Options.ClaimLength);
        engine.Journal.Clear();

        await engine.HandleAsync(await engine.ReceiveAsync());

        Assert.Equal(["read", "send", "send", "delete"], engine.Journal.Lines);
        engine.Time.Advance(TimeSpan.FromHours(2));
        var hints = (await engine.ReceiveAllAsync()).Select(delivery => WorkMessageText.TryRead(delivery.Body, out var message, out _) ? message : null!).ToList();
        Assert.Equal([StepKey.Hash("one"), StepKey.Hash("two")], hints.OrderBy(hint => hint.Id.Value).SelectMany(hint => hint.Items));
        Assert.All(hints, hint => Assert.Equal(run, hint.Run));
        // Each under the id that its item knows.
        var stored = await engine.RunAsync(run);
        Assert.All(hints, hint => Assert.Equal(PendingItems.Find(stored, hint.Items[0])!.Holder, hint.Id));
    }

    [Fact]
    public async Task A_late_copy_of_an_old_message_changes_nothing()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a", "b");
        var run = await engine.StartAsync();
        var delivery = await engine.ReceiveAsync();
        await engine.HandleAsync(delivery);
        var ended = await engine.RunAsync(run);
        await engine.Storage.Queue.SendAsync(0, delivery.Body, TimeSpan.Zero, CancellationToken.None);
        engine.Journal.Clear();

        Assert.Equal(1, await engine.WorkAsync());

        Assert.Equal(["read", "delete"], engine.Journal.Lines);
        Assert.Same(ended, await engine.RunAsync(run));
    }
}
