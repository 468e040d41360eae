using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>What the simulation found, each by itself. The seeds are those of the day: what was mended since has moved the interleavings.</summary>
public sealed class FoundBySimulationTests
{
    [Fact]
    public async Task An_event_for_a_run_that_waits_long_is_found_by_the_sweep_when_its_message_is_lost()
    {
        // Seed Losing 39: the run was looked at no earlier than at the end of its wait.
        await using var engine = new TestEngine();
        var run = await engine.StartWaitingAsync(null);
        await engine.WorkAsync();
        await engine.SendAsync("""{"name":"shop/paid"}""");
        await EmptyQueueAsync(engine);

        await SweepLaterAsync(engine);
        await engine.WorkAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        await SweepLaterAsync(engine);
        Assert.Empty(await engine.LiveAsync());
    }

    [Fact]
    public async Task What_has_come_is_told_until_the_run_has_taken_it()
    {
        // Seed Losing 3: the message of the sweep was lost too.
        await using var engine = new TestEngine();
        var run = await engine.StartWaitingAsync(null);
        await engine.WorkAsync();
        await engine.SendAsync("""{"name":"shop/paid"}""");
        for (var i = 0; i < 3; i++)
        {
            await EmptyQueueAsync(engine);
            await SweepLaterAsync(engine);
        }

        await engine.WorkAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task The_row_that_has_a_run_look_is_not_moved_away_with_its_own()
    {
        // Seed Losing 1495: made at the very time at which the run's own was, it was the same row.
        await using var engine = new TestEngine();
        var run = await engine.StartAsync();
        var own = Assert.Single(await engine.LiveAsync());

        await engine.Get<AskToLook>().AskAsync(run, StepKey.Hash("wait"), "event", CancellationToken.None);
        await engine.Storage.Live.MoveAsync(own, own.CheckAt + TimeSpan.FromDays(1), CancellationToken.None);

        Assert.Equal(2, (await engine.LiveAsync()).Length);
    }

    [Fact]
    public async Task The_end_of_a_child_is_found_by_the_sweep_when_its_message_is_lost()
    {
        // Seed Losing 39.
        await using var engine = await CreateParentAsync();
        var run = await engine.StartAsync("shop-parent");
        await engine.HandleAsync(await engine.ReceiveAsync());
        await engine.HandleAsync(await engine.ReceiveAsync());
        await EmptyQueueAsync(engine);

        await SweepLaterAsync(engine);
        await engine.WorkAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_child_that_was_not_set_going_is_when_the_message_of_its_parent_comes_again()
    {
        // Seed Unswept 8: only the sweep did.
        await using var engine = await CreateParentAsync();
        var run = await engine.StartAsync("shop-parent");
        // The timer of the step is sent first, then the child, twice.
        engine.Ports.Before("send", () => Task.CompletedTask);
        engine.Ports.Fail("send");
        engine.Ports.Fail("send");
        await Assert.ThrowsAsync<IOException>(() => engine.WorkAsync());

        engine.Time.Advance(engine.Options.ClaimLength);
        await engine.WorkAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_batch_that_was_not_set_going_is_when_its_first_event_is_sent_again()
    {
        // Seed Unswept 107: only the sweep did.
        const string First = """{"name":"go","id":"one"}""";
        await using var engine = new TestEngine();
        await engine.RegisterAsync("f", ""","batchEvents":{"maxSize":3,"timeout":"20s"}""");
        engine.Ports.Fail("send");
        await Assert.ThrowsAsync<IOException>(() => engine.SendAsync(First));

        var run = Assert.Single(await engine.SendAsync(First));
        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task Whoever_looks_late_leaves_no_wait_behind()
    {
        // Seed Delays 8: a look that found the wait gone wrote it anew, and nobody removed it.
        await using var engine = new TestEngine();
        var id = await engine.StartWaitingAsync(null);
        await engine.WorkAsync();
        var waiting = await engine.RunAsync(id);
        await engine.SendAsync("""{"name":"shop/paid"}""");
        await engine.WorkAsync();

        Assert.Null(await engine.Get<LookAtWait>().LookAsync(waiting, waiting.Steps[StepKey.Hash("wait")], again: false, () => Handling.Outside, CancellationToken.None));

        Assert.Equal(0, engine.Storage.Waits.Count);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_just_before_it_waits_leaves_no_wait_behind()
    {
        // Seed Harmless 2640: the wait is written before the commit that loses against the cancellation.
        await using var engine = new TestEngine();
        await using var other = new TestEngine(beside: engine);
        var id = await engine.StartWaitingAsync(null);
        var waits = 0;
        engine.Ports.Before("commit", async () =>
        {
            waits = engine.Storage.Waits.Count;
            await other.Get<CancelRun>().CancelAsync(id, "asked", CancellationToken.None);
        });

        await engine.WorkAsync();

        Assert.Equal(RunStatus.Cancelled, (await engine.RunAsync(id)).Status);
        Assert.Equal((1, 0), (waits, engine.Storage.Waits.Count));
    }

    // Seed All 5: it called with the state of before, though another had long gone on.
    [Fact]
    public Task Who_stood_still_for_longer_than_its_claim_calls_only_what_nobody_else_has_taken() => StandStillAsync(times: 1, behind: TimeSpan.Zero);

    // Seed Losing 11: it renewed its claim, stood still once more, and called.
    [Fact]
    public Task Who_stood_still_again_when_it_renewed_its_claim_calls_only_what_nobody_else_has_taken() => StandStillAsync(times: 2, behind: TimeSpan.Zero);

    // Found when that was looked at.
    [Fact]
    public Task Who_stood_still_for_nearly_as_long_as_its_claim_calls_nothing_that_one_whose_clock_is_ahead_has_taken() =>
        StandStillAsync(times: 1, behind: TimeSpan.FromSeconds(2));

    /// <param name="times">How often one stands still, each time in the middle of a commit, before the other takes over what it has claimed.</param>
    /// <param name="behind">By how much its clock is behind the other's then.</param>
    private static async Task StandStillAsync(int times, TimeSpan behind)
    {
        await using var slow = new TestEngine();
        await using var other = new TestEngine(beside: slow);
        slow.Calls.Answer = other.Calls.Answer = Answers.Sequence("a", "b");
        var run = await slow.StartAsync();
        Advance(slow.Options.ClaimLength, slow.Options.ClaimLength);
        var stops = Enumerable.Range(0, times).Select(_ => (Stands: NewSignal(), GoesOn: NewSignal())).ToList();
        foreach (var (stands, goesOn) in stops)
        {
            slow.Ports.After("commit", () =>
            {
                stands.SetResult();
                return goesOn.Task;
            });
        }

        var handling = slow.HandleAsync(await slow.ReceiveAsync());
        foreach (var (stands, goesOn) in stops)
        {
            await stands.Task.WaitAsync(TimeSpan.FromMinutes(1));
            var isLast = goesOn == stops[^1].GoesOn;
            Advance(slow.Options.ClaimLength - (isLast ? behind : TimeSpan.Zero), slow.Options.ClaimLength);
            if (isLast)
            {
                await other.Get<WorkSender>().SendAsync(run, new Hint(MessageId.Start, [StepKey.Discovery], other.Time.GetUtcNow()), CancellationToken.None);
                await other.WorkAsync();
            }

            goesOn.SetResult();
        }

        await handling;
        Assert.Equal(RunStatus.Completed, (await slow.RunAsync(run)).Status);
        Assert.Empty(slow.Calls.Made);

        void Advance(TimeSpan its, TimeSpan others)
        {
            slow.Time.Advance(its);
            other.Time.Advance(others);
        }
    }

    [Fact]
    public async Task Who_stood_still_before_a_call_looks_what_others_have_done_though_its_claim_lasts()
    {
        // Seed All 3583: it repeated a step whose result one had committed that had called before, and had stood still too.
        await using var engine = new TestEngine();
        await using var other = new TestEngine(beside: engine);
        await engine.RegisterAsync("f", ""","concurrency":5""");
        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        engine.Gates.BeforeNextWriting(() =>
        {
            engine.Time.Advance(TimeSpan.FromSeconds(2));
            return other.Get<CancelRun>().CancelAsync(run, "asked", CancellationToken.None);
        });

        await engine.WorkAsync();

        Assert.Equal(RunStatus.Cancelled, (await engine.RunAsync(run)).Status);
        Assert.Empty(engine.Calls.Made);
    }

    [Fact]
    public async Task What_comes_of_a_call_whose_message_has_failed_meanwhile_has_a_message_of_its_own()
    {
        // Seed Unswept 572: it was held under the message that had failed, which another had deleted by then.
        await using var engine = new TestEngine();
        var gate = NewSignal();
        var answer = Answers.Sequence("a");
        engine.Calls.Answer = async (call, cancel) =>
        {
            await gate.Task;
            return await answer(call, cancel);
        };
        var run = await engine.StartAsync();
        engine.Ports.Fail("extend 30");
        var handling = engine.HandleAsync(await engine.ReceiveAsync());
        await engine.Journal.UntilAsync("timer 10");
        engine.Time.Advance(TimeSpan.FromSeconds(10));
        await engine.Log.UntilAsync("has failed while 1 items are under way");
        gate.SetResult();
        await Assert.ThrowsAsync<IOException>(() => handling);

        Assert.True((await engine.RunAsync(run)).Has("a"));
        Assert.Equal(2, engine.Storage.Queue.Count);
        Assert.Empty((await engine.RunAsync(run)).Claims);
    }

    [Fact]
    public async Task A_slot_that_is_handed_on_to_a_call_which_has_one_is_given_back()
    {
        // Seed Harmless 370: it stayed taken until its time was over.
        await using var engine = new TestEngine();
        await engine.RegisterAsync("f", ""","concurrency":2""");
        var run = await engine.RunAsync(Assert.Single(await engine.SendAsync("""{"name":"go"}""")));
        var function = (await engine.Get<AppDirectory>().FindAsync(run.Function, CancellationToken.None))!;
        var slots = engine.Get<HoldSlots>();
        var one = await slots.TakeAsync(run, StepKey.Hash("one"), function, CancellationToken.None);
        var other = await slots.TakeAsync(run, StepKey.Hash("other"), function, CancellationToken.None);

        await slots.HandOnAsync(one!, run, StepKey.Hash("next"), CancellationToken.None);
        await slots.HandOnAsync(other!, run, StepKey.Hash("next"), CancellationToken.None);

        Assert.NotNull(await slots.TakeAsync(run, StepKey.Hash("third"), function, CancellationToken.None));
    }

    [Fact]
    public async Task A_slot_that_was_granted_to_a_run_which_is_cancelled_just_before_it_uses_it_is_given_back()
    {
        // Seed Harmless 4414: it stayed with the run until its lease was over, and those behind it stood in line.
        await using var engine = new TestEngine();
        await engine.RegisterAsync("f", ""","concurrency":1""");
        await using var other = new TestEngine(beside: engine);
        var gate = NewSignal();
        engine.Calls.Answer = async (_, _) =>
        {
            await gate.Task;
            return Answers.Returned("1");
        };
        var runs = new List<RunId>();
        var handlings = new List<Task>();
        for (var number = 0; number < 3; number++)
        {
            runs.Add(Assert.Single(await engine.SendAsync("""{"name":"go"}""")));
            handlings.Add(engine.HandleAsync(await engine.ReceiveAsync()));
            await (number == 0 ? engine.Journal.UntilAsync("call") : handlings[^1]);
            engine.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        gate.SetResult();
        await handlings[0];
        var told = await engine.ReceiveAllAsync();
        engine.Ports.Before("commit", () => other.Get<CancelRun>().CancelAsync(runs[1], "asked", CancellationToken.None));
        await engine.HandleAsync(told.Single(delivery => delivery.Body.Contains(runs[1].Value, StringComparison.Ordinal)));

        var rest = told.Where(delivery => !delivery.Body.Contains(runs[1].Value, StringComparison.Ordinal)).Select(delivery => engine.HandleAsync(delivery));
        await Task.WhenAll([.. rest, engine.WorkAsync()]).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(
            [RunStatus.Completed, RunStatus.Cancelled, RunStatus.Completed],
            (await Task.WhenAll(runs.Select(engine.RunAsync))).Select(run => run.Status));
    }

    [Fact]
    public async Task What_a_message_claims_when_it_looks_at_its_run_again_it_goes_straight_on_with()
    {
        // Seed Unswept 1646: its first work, well ended, was taken for a failure, and what it claimed after that was called without a claim and went through the queue step by step.
        await using var engine = new TestEngine();
        await engine.RegisterAsync("f", ""","cancel":[{"event":"stop"}]""");
        engine.Calls.Answer = Answers.Sequence("a", "b");
        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        var delivery = await engine.ReceiveAsync() with { DequeueCount = 2 };
        // Whoever died over it has claimed it still when it is received, and no more when this one has looked for what cancels it.
        engine.Waits.Before("read", () =>
        {
            engine.Time.Advance(engine.Options.ClaimLength);
            return Task.CompletedTask;
        });
        engine.Journal.Clear();

        await engine.HandleAsync(delivery);

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal((3, 0), (engine.Calls.Made.Count, engine.Journal.Count("send")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_slot_that_was_kept_for_a_call_is_handed_on_to_it_unless_another_has_taken_the_call(bool isTaken)
    {
        // Seed Harmless 1696: the other had a slot already, and this one stayed taken until its time was over.
        await using var engine = new TestEngine();
        await engine.RegisterAsync("f", ""","concurrency":1""");
        var run = await engine.RunAsync(Assert.Single(await engine.SendAsync("""{"name":"go"}""")));
        var function = (await engine.Get<AppDirectory>().FindAsync(run.Function, CancellationToken.None))!;
        var slots = engine.Get<HoldSlots>();
        var held = await slots.TakeAsync(run, StepKey.Hash("before"), function, CancellationToken.None);
        var inHand = new SlotsInHand();
        Assert.True(inHand.TryKeep(StepKey.Discovery, held!));

        await engine.Get<ItemWork>().PutDownAsync(run, inHand, isTaken ? new MessageId("another") : run.Discovery!.Holder);

        Assert.Equal(isTaken, await slots.TakeAsync(run, StepKey.Hash("third"), function, CancellationToken.None) is not null);
    }

    [Fact]
    public async Task A_run_that_woke_is_found_by_the_sweep_when_its_row_was_not_moved_and_its_message_is_lost()
    {
        // Seed Losing 4307: whoever woke it died between the commit and the move of its row, which was due in a year.
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Wait(Answers.Waited("wait", "paid", timeout: "365d"));
        var run = await engine.StartAsync();
        await engine.WorkAsync();
        engine.Ports.Fail("live add");
        await Assert.ThrowsAsync<IOException>(() => engine.SendAsync("""{"name":"paid"}"""));
        engine.Time.Advance(IWorkQueue.MaxDelay);
        engine.Ports.Fail("live move");
        await Assert.ThrowsAsync<IOException>(() => engine.WorkAsync());
        engine.Time.Advance(engine.Options.ClaimLength * 2);
        Assert.Equal(1, engine.Storage.Queue.Count);
        await EmptyQueueAsync(engine);
        Assert.Equal(0, engine.Storage.Queue.Count);

        await SweepLaterAsync(engine);
        await engine.WorkAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_slot_that_was_granted_to_a_needless_call_is_given_back_although_its_message_has_other_work()
    {
        // Seed Harmless 27946: the message looked at a wait that had come to be under another of its kind, and was taken for one that had called.
        await using var engine = new TestEngine();
        await engine.RegisterAsync("f", ""","concurrency":1""");
        engine.Calls.Answer = Answers.Wait(Answers.Waited("wait", "paid", null));
        var id = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        var run = await engine.RunAsync(id);
        var function = (await engine.Get<AppDirectory>().FindAsync(run.Function, CancellationToken.None))!;
        var slots = engine.Get<HoldSlots>();
        var first = await slots.TakeAsync(run, StepKey.Hash("first"), function, CancellationToken.None);
        await engine.WorkAsync();
        await slots.ReleaseAsync(first!, CancellationToken.None);
        await engine.WorkAsync();
        Assert.Equal(MessageId.Granted, Assert.Single(PendingItems.Of(await engine.RunAsync(id))).Origin);
        var second = await slots.TakeAsync(run, StepKey.Hash("second"), function, CancellationToken.None);
        Assert.Null(await slots.TakeAsync(run, StepKey.Hash("needless"), function, CancellationToken.None));
        await slots.ReleaseAsync(second!, CancellationToken.None);

        await engine.WorkAsync();

        Assert.NotNull(await slots.TakeAsync(run, StepKey.Hash("third"), function, CancellationToken.None));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<TestEngine> CreateParentAsync()
    {
        var engine = new TestEngine();
        await engine.RegisterAsync(functions: ["shop-parent", "shop-child"]);
        var parent = Answers.Wait(Answers.Invoked("call", "shop-child"));
        engine.Calls.Answer = (call, cancel) => call.Run.Function.Value == "shop-child" ? Task.FromResult(Answers.Returned("42")) : parent(call, cancel);
        return engine;
    }

    private static async Task SweepLaterAsync(TestEngine engine)
    {
        engine.Time.Advance(TimeSpan.FromMinutes(2));
        await engine.Get<Sweep>().RunAsync(CancellationToken.None);
    }

    private static async Task EmptyQueueAsync(TestEngine engine)
    {
        foreach (var message in await engine.ReceiveAllAsync())
            await engine.Storage.Queue.DeleteAsync(message, CancellationToken.None);
    }
}
