using System.Text;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Waits for events: an event that comes once the run waits is never missed, whoever dies in between (design §4).</summary>
public sealed class EventWaitTests
{
    private const string Paid = """{"name":"shop/paid","data":{"id":7,"who":"ann"}}""";

    [Fact]
    public async Task An_event_that_matches_wakes_the_run_with_the_event_and_the_wait_is_removed()
    {
        await using var engine = new TestEngine();
        var run = await ParkAsync(engine, "async.data.who == 'ann'");
        Assert.Equal(1, engine.Storage.Waits.Count);

        var id = await SendAsync(engine, Paid);
        await engine.WorkAsync();

        Assert.Equal($$$"""{"data":{"id":7,"who":"ann"},"id":"{{{id}}}","name":"shop/paid","ts":{{{engine.Time.GetUtcNow().ToUnixTimeMilliseconds()}}},"user":{}}""", await OutputAsync(engine, run));
        Assert.Equal(0, engine.Storage.Waits.Count);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("async.data.who == event.data.who", false)]
    [InlineData("event.name == 'a' && async.data.who == 'ann'", true)]
    [InlineData("async.data.id == 7", true)]
    [InlineData("async.data.id == 8", false)]
    [InlineData("async.data.id > 6 && async.data.who == 'ann'", true)]
    [InlineData("async.data.id > 7 && async.data.who == 'ann'", false)]
    [InlineData("async.data.who == 'bob'", false)]
    [InlineData("async.data.who == 'bob' || async.data.id == 7", true)]
    [InlineData("async.data.who in ['ann', 'bob']", true)]
    [InlineData("async.data.nobody == event.data.nobody", false)]
    public async Task What_matches_is_what_the_condition_says(string? condition, bool matches)
    {
        await using var engine = new TestEngine();
        var run = await ParkAsync(engine, condition);

        await SendAsync(engine, Paid);
        await engine.WorkAsync();

        Assert.Equal(matches ? RunStatus.Completed : RunStatus.Running, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task An_event_of_another_name_matches_nothing()
    {
        await using var engine = new TestEngine();
        var run = await ParkAsync(engine, null);

        await SendAsync(engine, """{"name":"shop/pai"}""");
        await engine.WorkAsync();

        Assert.Equal(RunStatus.Running, (await engine.RunAsync(run)).Status);
        Assert.DoesNotContain("find", engine.Waits.Requests);
    }

    [Fact]
    public async Task Of_two_events_the_first_counts()
    {
        await using var engine = new TestEngine();
        var run = await ParkAsync(engine, null);

        await SendAsync(engine, """[{"name":"shop/paid","data":{"n":1}},{"name":"shop/paid","data":{"n":2}}]""");
        await SendAsync(engine, """{"name":"shop/paid","data":{"n":3}}""");
        await engine.WorkAsync();

        Assert.StartsWith("""{"data":{"n":1},""", await OutputAsync(engine, run), StringComparison.Ordinal);
        Assert.Equal(2, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task An_event_that_comes_between_the_writing_of_the_wait_and_the_commit_is_not_missed()
    {
        await using var engine = new TestEngine();
        engine.Waits.After("add", async () => await SendAsync(engine, Paid));
        var run = await ParkAsync(engine, "async.data.who == 'ann'");

        await engine.WorkAsync();

        Assert.Contains("\"shop/paid\"", await OutputAsync(engine, run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_not_missed_either_when_the_process_dies_after_the_commit()
    {
        await using var engine = new TestEngine();
        await using var other = new TestEngine(beside: engine);
        engine.Waits.After("add", async () =>
        {
            await SendAsync(other, Paid);
            // What says that it came finds no wait in the run yet.
            Assert.Equal(1, await other.WorkAsync());
        });
        // The second look is what fails, and with it the handling.
        engine.Waits.Fail("read");
        var run = await engine.StartWaitingAsync("async.data.who == 'ann'");
        await Assert.ThrowsAsync<IOException>(() => engine.WorkAsync());
        Assert.Equal(RunStatus.Running, (await engine.RunAsync(run)).Status);

        // The message comes back when its lease is over.
        engine.Time.Advance(engine.Options.ClaimLength);
        await engine.WorkAsync();

        Assert.Contains("\"shop/paid\"", await OutputAsync(engine, run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_sender_repeats_an_event_whose_hint_was_not_sent_the_run_is_woken()
    {
        await using var engine = new TestEngine();
        var run = await ParkAsync(engine, null);
        engine.Ports.Fail("send");
        await Assert.ThrowsAsync<IOException>(() => SendAsync(engine, Paid));
        Assert.Equal(0, await engine.WorkAsync());

        await SendAsync(engine, Paid);
        await engine.WorkAsync();

        Assert.Contains("\"shop/paid\"", await OutputAsync(engine, run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_before_the_time_was_over_counts_though_nobody_has_looked()
    {
        await using var engine = new TestEngine();
        var run = await ParkAsync(engine, null);
        engine.Ports.Fail("send");
        await Assert.ThrowsAsync<IOException>(() => SendAsync(engine, Paid));

        await engine.WorkToEndAsync();

        Assert.Contains("\"shop/paid\"", await OutputAsync(engine, run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_whose_time_is_over_is_null_and_an_event_that_comes_then_finds_none()
    {
        await using var engine = new TestEngine();
        var run = await ParkAsync(engine, null);

        await engine.WorkToEndAsync();
        await SendAsync(engine, Paid);

        Assert.Equal("null", await OutputAsync(engine, run));
        Assert.Equal(0, engine.Storage.Waits.Count);
        Assert.Equal(0, await engine.WorkAsync());
    }

    [Fact]
    public async Task A_wait_for_months_is_looked_at_at_each_hop_of_its_timer_and_comes_back()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Wait(Answers.Waited("wait", "shop/paid", timeout: "20d"));
        var run = await engine.StartAsync();
        var began = engine.Time.GetUtcNow();

        Assert.Equal(3, await engine.WorkToEndAsync() - 1);

        Assert.Equal("null", await OutputAsync(engine, run));
        Assert.Equal(began + TimeSpan.FromDays(20), (await engine.RunAsync(run)).EndedAt);
    }

    [Fact]
    public async Task A_run_that_ends_while_it_waits_leaves_no_wait()
    {
        await using var engine = new TestEngine();
        var run = await ParkAsync(engine, null);

        await engine.Get<CancelRun>().CancelAsync(run, "asked", CancellationToken.None);

        Assert.Equal(0, engine.Storage.Waits.Count);
    }

    [Fact]
    public async Task A_wait_that_a_dead_process_left_is_removed_by_an_event_that_finds_it_used()
    {
        await using var engine = new TestEngine();
        var run = await ParkAsync(engine, null);
        engine.Waits.Fail("remove");
        await SendAsync(engine, Paid);
        await Assert.ThrowsAsync<IOException>(() => engine.WorkAsync());
        engine.Time.Advance(engine.Options.ClaimLength);
        await engine.WorkAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(1, engine.Storage.Waits.Count);

        await SendAsync(engine, Paid);

        Assert.Equal(0, engine.Storage.Waits.Count);
    }

    [Fact]
    public async Task An_event_finds_its_own_waits_whatever_else_waits_for_its_name()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = (call, cancel) => Answers.Wait(Answers.Waited("wait", "shop/paid", "async.id == event.id"))(call, cancel);
        for (var i = 0; i < 50; i++)
            await engine.StartAsync();
        var mine = await engine.StartWaitingAsync("async.data.who == 'ann'");
        await engine.WorkAsync();
        engine.Waits.Requests.Clear();

        await SendAsync(engine, Paid);

        Assert.Equal(["catch", "fields", "find", "find"], engine.Waits.Requests.Order());
        await engine.WorkAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(mine)).Status);
        Assert.Equal(50, engine.Storage.Waits.Count);
    }

    [Fact]
    public async Task An_event_about_the_end_of_a_run_can_be_waited_for()
    {
        await using var engine = new TestEngine();
        var other = await engine.StartAsync("shop-other");
        engine.Calls.Answer = (call, cancel) => call.Run.Id == other
            ? Task.FromResult(Answers.Returned("42"))
            : Answers.Wait(Answers.Waited("wait", "inngest/function.finished", "async.data.function_id == 'shop-other'"))(call, cancel);
        var ended = await engine.ReceiveAsync();
        var run = await engine.StartAsync();
        await engine.WorkAsync();

        await engine.HandleAsync(ended);
        await engine.WorkAsync();

        Assert.Contains("\"result\":42", await OutputAsync(engine, run), StringComparison.Ordinal);
    }

    private static async Task<RunId> ParkAsync(TestEngine engine, string? condition)
    {
        var run = await engine.StartWaitingAsync(condition);
        await engine.WorkAsync();
        return run;
    }

    private static async Task<string> SendAsync(TestEngine engine, string events) =>
        (await engine.Get<IngestEvents>().IngestAsync(Encoding.UTF8.GetBytes(events), null, CancellationToken.None))[0];

    private static async Task<string> OutputAsync(TestEngine engine, RunId run) =>
        Assert.IsType<RunOutcome.Completed>((await engine.RunAsync(run)).Outcome).Output.ToString();
}
