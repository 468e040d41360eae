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
        Assert.Equal(["live add", "create", "send held", "commit", "commit", "commit", "live remove soon"], engine.Journal.Only(
            "live add", "create", "read", "send", "send held", "rewrite", "receive", "commit", "live remove", "live remove soon", "delete"));
    }

    [Fact]
    public async Task Runs_that_start_here_share_one_message_which_is_deleted_when_no_other_starts_for_a_while()
    {
        await using var engine = new TestEngine();
        await StartAsync(engine);
        await HandleNextAsync(engine);
        engine.Journal.Clear();

        engine.Time.Advance(engine.Options.ClaimLength / 4);
        engine.Workers.Free = 1;
        var run = Assert.Single(await engine.SendAsync("""{"name":"a","data":{}}"""));
        await HandleNextAsync(engine);

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(["rewrite"], engine.Journal.Only("send", "send held", "rewrite", "extend 30", "delete"));
        Assert.Equal(1, engine.Storage.Queue.Count);

        var deleted = new TaskCompletionSource();
        engine.Ports.After("delete", () =>
        {
            deleted.SetResult();
            return Task.CompletedTask;
        });
        engine.Time.Advance(engine.Options.ClaimLength / 3);
        await deleted.Task;
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task Starts_that_come_while_the_message_is_written_go_into_it_together()
    {
        await using var engine = new TestEngine();
        await StartAsync(engine);
        engine.Workers.Free = 20;
        engine.Journal.Clear();
        var writing = engine.Ports.Hold("rewrite");

        var sending = engine.SendAsync($"[{string.Join(',', Enumerable.Repeat("""{"name":"a","data":{}}""", 20))}]");
        while (engine.Workers.Free > 0 || !engine.Journal.Only("rewrite").Any())
            await Task.Yield();

        writing.SetResult();
        var runs = await sending;

        Assert.InRange(engine.Journal.Only("rewrite").Count(), 2, 3);
        var left = await LeftAsync(engine);
        Assert.Equal(21, left.Length);
        Assert.Superset(runs.ToHashSet(), left.ToHashSet());
    }

    [Fact]
    public async Task The_message_is_kept_while_a_run_is_worked_on()
    {
        await using var engine = new TestEngine();
        var answer = new TaskCompletionSource<AppAnswer>();
        engine.Calls.Answer = (_, _) => answer.Task;
        await StartAsync(engine);
        var working = HandleNextAsync(engine);

        for (var i = 0; i < 9; i++)
        {
            engine.Time.Advance(engine.Options.ClaimLength / 3);
            Assert.Empty(await engine.ReceiveAllAsync());
            while (engine.Journal.Only("rewrite").Count() <= i)
                await Task.Yield();
        }

        answer.SetResult(new AppAnswer.Returned(Protocol.Json.RawJson.Null));
        await working;
        Assert.Single(engine.Calls.Made);
    }

    [Fact]
    public async Task A_run_that_is_put_off_gets_a_message_of_its_own()
    {
        await using var engine = new TestEngine();
        var run = await StartAsync(engine);
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();

        await engine.Get<AdvanceRun>().StartAsync(engine.Workers.Next(), stopping.Token);
        await engine.Get<LocalStarts>().CloseAsync();

        Assert.Empty(engine.Calls.Made);
        Assert.Equal(1, engine.Storage.Queue.Count);
        await engine.HandleAsync(await engine.ReceiveAsync());
        await engine.WorkToEndAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task What_storage_breaks_off_comes_back_although_others_go_on()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        var broken = await StartAsync(engine);
        var answer = new TaskCompletionSource<AppAnswer>();
        engine.Workers.Free = 1;
        var others = Assert.Single(await engine.SendAsync("""{"name":"a","data":{}}"""));
        engine.Ports.Fail("send");
        await Assert.ThrowsAsync<IOException>(() => HandleNextAsync(engine));
        engine.Calls.Answer = (_, _) => answer.Task;
        var working = HandleNextAsync(engine);

        engine.Time.Advance(engine.Options.ClaimLength / 3);
        while (!engine.Journal.Only("send held").Skip(1).Any())
            await Task.Yield();

        engine.Time.Advance(engine.Options.ClaimLength * 2 / 3);
        Assert.True(WorkMessageText.TryReadStarts((await engine.ReceiveAsync()).Body, out var left));
        Assert.Equal(new[] { broken, others }, left);
        answer.SetResult(new AppAnswer.Returned(Protocol.Json.RawJson.Null));
        await working;
    }

    [Fact]
    public async Task A_message_that_somebody_else_has_by_now_is_followed_by_another()
    {
        await using var engine = new TestEngine();
        var first = await StartAsync(engine);
        engine.Time.Advance(engine.Options.ClaimLength);
        var taken = await engine.ReceiveAsync();
        engine.Workers.Free = 1;

        var second = Assert.Single(await engine.SendAsync("""{"name":"a","data":{}}"""));

        Assert.True(WorkMessageText.TryReadStarts(taken.Body, out var left));
        Assert.Equal(new[] { first }, left);
        engine.Time.Advance(engine.Options.ClaimLength / 2);
        Assert.Empty(await engine.ReceiveAllAsync());
        engine.Time.Advance(engine.Options.ClaimLength / 2);
        var messages = (await engine.ReceiveAllAsync()).Where(message => message.Id != taken.Id);
        Assert.True(WorkMessageText.TryReadStarts(Assert.Single(messages).Body, out left));
        Assert.Equal(new[] { first, second }, left);
    }

    [Fact]
    public async Task Whoever_receives_the_message_sends_the_hints_before_it_is_deleted()
    {
        await using var engine = new TestEngine();
        await StartAsync(engine);
        engine.Time.Advance(engine.Options.ClaimLength);
        var left = await engine.ReceiveAsync();
        engine.Journal.Clear();

        engine.Ports.Fail("send");
        await Assert.ThrowsAsync<IOException>(() => engine.HandleAsync(left));
        Assert.Equal(["send"], engine.Journal.Only("send", "delete"));

        await engine.HandleAsync(left);
        Assert.Equal(["send", "send", "delete"], engine.Journal.Only("send", "delete"));
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
        await engine.HandleAsync(await engine.ReceiveAsync());
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
        await engine.Get<LocalStarts>().CloseAsync();
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    private static async Task<RunId> StartAsync(TestEngine engine)
    {
        await engine.RegisterAsync(functions: "shop-f");
        engine.Workers.Free = 1;
        return Assert.Single(await engine.SendAsync("""{"name":"a","data":{}}"""));
    }

    private static Task HandleNextAsync(TestEngine engine) => engine.Get<AdvanceRun>().StartAsync(engine.Workers.Next(), CancellationToken.None);

    /// <summary>The runs that the one message names, when its lease is over.</summary>
    private static async Task<RunId[]> LeftAsync(TestEngine engine)
    {
        engine.Time.Advance(engine.Options.ClaimLength);
        Assert.True(WorkMessageText.TryReadStarts((await engine.ReceiveAsync()).Body, out var left));
        return [.. left];
    }
}
