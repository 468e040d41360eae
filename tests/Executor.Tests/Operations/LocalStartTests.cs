using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>A run is worked on where it was created, if a worker is free there.</summary>
public sealed class LocalStartTests
{
    [Fact]
    public async Task A_run_that_is_worked_on_where_it_was_created_needs_no_receiving_and_no_reading()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a", "b");
        await engine.RegisterAsync(functions: "shop-f");
        engine.Workers.Free = 1;

        var run = Assert.Single(await engine.SendAsync("""{"name":"a","data":{}}"""));
        await HandleNextAsync(engine);

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(["live add", "create", "send held", "commit", "commit", "commit", "live remove", "delete"], engine.Journal.Only(
            "live add", "create", "read", "send", "send held", "receive", "commit", "live remove", "delete"));
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task Nobody_else_gets_the_message_while_it_is_worked_on()
    {
        await using var engine = new TestEngine();
        await StartAsync(engine);

        Assert.Empty(await engine.ReceiveAllAsync());
        Assert.Equal(engine.Time.GetUtcNow() + engine.Options.ClaimLength, engine.Storage.Queue.NextVisibleAt);
    }

    [Fact]
    public async Task Where_no_worker_is_free_the_message_is_for_whoever_receives_it()
    {
        await using var engine = new TestEngine();
        await engine.RegisterAsync(functions: "shop-f");

        var run = Assert.Single(await engine.SendAsync("""{"name":"a","data":{}}"""));

        Assert.Equal(0, engine.Workers.Waiting);
        var delivery = await engine.ReceiveAsync();
        Assert.True(WorkMessageText.TryRead(delivery.Body, out var message, out _));
        Assert.True(message is { Fresh: true, Held: false });
        await engine.HandleAsync(delivery);
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_message_whose_worker_died_before_it_began_comes_to_another_and_the_run_is_started_then()
    {
        await using var engine = new TestEngine();
        var run = await StartAsync(engine);

        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Single(engine.Calls.Made);
    }

    [Fact]
    public async Task A_message_whose_worker_died_before_it_sent_what_follows_sends_that_when_it_comes_back()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        var run = await StartAsync(engine);
        engine.Ports.Fail("send");
        await Assert.ThrowsAsync<IOException>(() => HandleNextAsync(engine));

        engine.Time.Advance(engine.Options.ClaimLength);
        engine.Journal.Clear();
        await engine.HandleAsync(await engine.ReceiveAsync());

        Assert.Equal(["send", "delete"], engine.Journal.Only("call", "commit", "send", "delete"));
        await engine.WorkToEndAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_message_that_comes_to_another_while_its_worker_goes_on_waits_for_the_claim()
    {
        await using var engine = new TestEngine();
        var answer = new TaskCompletionSource<AppAnswer>();
        engine.Calls.Answer = (_, _) => answer.Task;
        var run = await StartAsync(engine);
        var working = HandleNextAsync(engine);

        var copy = new WorkMessage(MessageId.Start, run, [StepKey.Discovery], Held: true);
        await engine.Storage.Queue.SendAsync(0, WorkMessageText.Write(copy), TimeSpan.Zero, CancellationToken.None);
        await engine.HandleAsync(await engine.ReceiveAsync());

        Assert.Single(engine.Calls.Made);
        answer.SetResult(new AppAnswer.Returned(Protocol.Json.RawJson.Null));
        await working;
        await engine.WorkToEndAsync();
        Assert.Single(engine.Calls.Made);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_could_not_be_sent_held_is_sent_for_everybody_and_the_worker_is_free_again(bool afterEffect)
    {
        await using var engine = new TestEngine();
        engine.Ports.Fail("send held", afterEffect);
        var run = await StartAsync(engine);

        Assert.Equal((1, 0), (engine.Workers.Free, engine.Workers.Waiting));
        // Whether the first copy is there is unknown, so the second does not own the claim that the run was created with.
        var delivery = await engine.ReceiveAsync();
        Assert.True(WorkMessageText.TryRead(delivery.Body, out var message, out _));
        Assert.False(message.Fresh);
        await engine.HandleAsync(delivery);
        await engine.WorkToEndAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Single(engine.Calls.Made);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_just_before_its_worker_begins_stays_cancelled()
    {
        await using var engine = new TestEngine();
        var run = await StartAsync(engine);
        await engine.Get<CancelRun>().CancelAsync(run, "asked", CancellationToken.None);

        await HandleNextAsync(engine);

        Assert.Equal(RunStatus.Cancelled, (await engine.RunAsync(run)).Status);
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    private static async Task<RunId> StartAsync(TestEngine engine)
    {
        await engine.RegisterAsync(functions: "shop-f");
        engine.Workers.Free = 1;
        return Assert.Single(await engine.SendAsync("""{"name":"a","data":{}}"""));
    }

    private static Task HandleNextAsync(TestEngine engine)
    {
        var (delivery, known) = engine.Workers.Next();
        return engine.Get<AdvanceRun>().HandleAsync(delivery, known, CancellationToken.None);
    }
}
