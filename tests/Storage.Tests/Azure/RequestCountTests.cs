using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Storage.Tests.Examples;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>What each thing costs in requests, once tables and queues are there.</summary>
public sealed class RequestCountTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private readonly AzureAccount _account = new(azurite);

    [Fact]
    public async Task Creating_a_run_is_one_transaction()
    {
        await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
        _account.Requests.Reset();

        await _account.Runs.CreateAsync(ExampleRuns.Fresh(), CancellationToken.None);

        Assert.Equal("TableWrite 1", _account.Requests.ToString());
    }

    [Fact]
    public async Task A_commit_is_one_transaction_that_writes_the_run_and_the_steps_that_changed()
    {
        var state = await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
        state = await _account.Runs.CommittedAsync(state, state.Run.WithGeneration(1_000, 1));
        Reset();

        state = await _account.Runs.CommittedAsync(state, state.Run.With(ExampleRuns.Done("step 5", ExampleRuns.Number(2), 5)));

        Assert.Equal("TableWrite 1", _account.Requests.ToString());
        Assert.Equal([$"state-{state.Run.Id}", $"step-{state.Run.Id}-{Protocol.Ids.StepKey.Hash("step 5")}"], Assert.Single(_account.Sent.Transactions).Select(change => change.Row));

        Reset();
        await _account.Runs.CommittedAsync(state, state.Run with { Discoveries = 7 });

        Assert.Equal("TableWrite 1", _account.Requests.ToString());
        Assert.Equal([$"state-{state.Run.Id}"], Assert.Single(_account.Sent.Transactions).Select(change => change.Row));
    }

    [Fact]
    public async Task No_two_runs_write_rows_of_the_same_key()
    {
        var states = new List<ReadRunOutcome.Found> { await _account.Runs.CreatedAsync(ExampleRuns.Fresh()), await _account.Runs.CreatedAsync(ExampleRuns.Fresh()) };
        Reset();

        foreach (var state in states)
            await _account.Runs.CommittedAsync(state, state.Run.WithGeneration(50, 1));

        // Azurite would look through all rows of that key.
        Assert.Equal(102, _account.Sent.Transactions.SelectMany(changes => changes).Select(change => change.Row).Distinct().Count());
    }

    [Fact]
    public async Task An_older_executor_sees_in_which_version_a_run_is_written()
    {
        Reset();

        await _account.Runs.CreatedAsync(ExampleRuns.Fresh());

        // It looks for this row, creates no run beside it, and refuses what it says.
        var row = Assert.Single(_account.Sent.Transactions[^1], change => change.Row == "run");
        Assert.Equal(2, row.Entity!.Value.GetProperty("v").GetInt32());
    }

    [Fact]
    public async Task Live_runs_that_come_and_go_at_the_same_time_share_transactions()
    {
        var entries = Enumerable.Range(0, 400).Select(_ => new LiveEntry(ExampleRuns.NewId(), ExampleRuns.Now)).ToList();
        await _account.Live.AddAsync([.. entries.Take(200)], CancellationToken.None);
        _account.Requests.Reset();

        await Task.WhenAll(entries.Skip(200).Select(entry => _account.Live.AddAsync([entry], CancellationToken.None))
            .Concat(entries.Take(200).Select(entry => _account.Live.RemoveAsync(entry, CancellationToken.None))));

        // The first of each of four partitions goes at once, and the rest of it a hundred at a time; more come of it if they do not all come at once.
        Assert.InRange(_account.Requests.Total, 8, 60);
        Assert.Equal(200, (await _account.Live.DueAsync(DateTimeOffset.MaxValue, 1_000, CancellationToken.None)).Length);
    }

    [Fact]
    public async Task Runs_that_have_ended_leave_the_live_index_with_those_that_start()
    {
        var entries = Enumerable.Range(0, 100).Select(_ => new LiveEntry(ExampleRuns.NewId(), ExampleRuns.Now)).ToList();
        await _account.Live.AddAsync([.. entries.Take(50)], CancellationToken.None);
        _account.Requests.Reset();

        for (var i = 0; i < 50; i++)
        {
            _account.Live.RemoveSoon(entries[i]);
            await _account.Live.AddAsync([entries[50 + i]], CancellationToken.None);
        }

        // And at most one for each of four partitions when nothing starts for a while.
        Assert.InRange(_account.Requests.Total, 50, 54);
        await _account.StopAsync();
        Assert.InRange(_account.Requests.Total, 50, 58);
        Assert.Equal(entries.Skip(50).ToHashSet(), (await _account.Live.DueAsync(DateTimeOffset.MaxValue, 1_000, CancellationToken.None)).ToHashSet());
    }

    [Theory]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(198, 2)]
    [InlineData(250, 3)]
    [InlineData(1_000, 11)]
    public async Task A_large_commit_fills_its_transactions(int steps, int transactions)
    {
        var state = await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
        Reset();

        await _account.Runs.CommittedAsync(state, state.Run.WithGeneration(steps, 1));

        Assert.Equal($"TableWrite {transactions}", _account.Requests.ToString());
        // Each names the run, so that any of them meets what somebody else committed.
        Assert.All(_account.Sent.Transactions, changes => Assert.Equal($"state-{state.Run.Id}", changes[0].Row));
        Assert.Equal(steps + transactions, _account.Sent.Transactions.Sum(changes => changes.Count));
    }

    [Fact]
    public async Task A_conflict_costs_one_look_more()
    {
        var old = await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
        await _account.Runs.CommittedAsync(old, old.Run with { Discoveries = 1 });
        _account.Requests.Reset();

        Assert.IsType<CommitRunOutcome.Conflict>(await _account.Runs.CommitAsync(old.Run, old.Version, old.Run with { Discoveries = 2 }, CancellationToken.None));

        Assert.Equal("TableWrite 1, TableRead 1", _account.Requests.ToString());
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(1_000, 2)]
    public async Task A_run_is_read_in_pages_of_a_thousand_rows(int steps, int reads)
    {
        var state = await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
        await _account.Runs.CommittedAsync(state, state.Run.WithGeneration(steps, 1));
        _account.Requests.Reset();

        await _account.Runs.FindAsync(state.Run.Id);

        Assert.Equal($"TableRead {reads}", _account.Requests.ToString());
    }

    [Fact]
    public async Task Events_of_a_request_are_written_a_hundred_at_a_time_and_events_are_listed_by_a_query_for_each_stream()
    {
        await _account.Events.AddAsync([ExampleEvents.At(ExampleRuns.Now)], CancellationToken.None);
        _account.Requests.Reset();

        await _account.Events.AddAsync([.. Enumerable.Range(0, 250).Select(_ => ExampleEvents.At(ExampleRuns.Now))], CancellationToken.None);

        Assert.Equal("TableWrite 3", _account.Requests.ToString());
        _account.Requests.Reset();
        await _account.Events.ListAsync(new EventQuery(20), CancellationToken.None);
        Assert.Equal("TableRead 4", _account.Requests.ToString());
    }

    [Fact]
    public async Task An_event_is_read_by_one_request_and_missed_by_two()
    {
        var happened = Enumerable.Range(0, 4).Select(i => ExampleEvents.At(ExampleRuns.Now.AddMilliseconds(i))).ToArray();
        await _account.Events.AddAsync([.. happened], CancellationToken.None);
        _account.Requests.Reset();

        foreach (var one in happened)
            Assert.IsType<ReadEventOutcome.Found>(await _account.Events.ReadAsync(one.InternalId, CancellationToken.None));

        Assert.Equal("TableRead 4", _account.Requests.ToString());
        _account.Requests.Reset();
        foreach (var one in happened)
            await _account.Events.ReadAsync(ExampleEvents.At(one.ReceivedAt).InternalId, CancellationToken.None);

        // It might be where the first version kept it, which is the same place for one stream of the four.
        Assert.Equal("TableRead 7", _account.Requests.ToString());
    }

    [Fact]
    public async Task Each_thing_done_with_a_message_is_one_request()
    {
        await _account.Queue.ReceiveAsync(0, 1, TimeSpan.FromMinutes(1), CancellationToken.None);
        _account.Requests.Reset();

        await _account.Queue.SendAsync(0, "x", TimeSpan.Zero, CancellationToken.None);
        var received = Assert.Single(await _account.Queue.ReceiveAsync(0, 32, TimeSpan.FromMinutes(1), CancellationToken.None));
        var held = Assert.IsType<LeaseOutcome.Held>(await _account.Queue.ExtendAsync(received, TimeSpan.FromMinutes(1), CancellationToken.None));
        await _account.Queue.DeleteAsync(held.Delivery, CancellationToken.None);

        Assert.Equal("QueuePut 1, QueueGet 1, QueueUpdate 1, QueueDelete 1", _account.Requests.ToString());
    }

    [Fact]
    public async Task The_live_index_costs_one_write_a_change_and_few_reads_a_sweep()
    {
        var entry = new LiveEntry(ExampleRuns.NewId(), ExampleRuns.Now);
        await _account.Live.AddAsync([entry], CancellationToken.None);
        _account.Requests.Reset();

        await _account.Live.MoveAsync(entry, ExampleRuns.Now.AddHours(1), CancellationToken.None);
        await _account.Live.RemoveAsync(entry with { CheckAt = ExampleRuns.Now.AddHours(1) }, CancellationToken.None);
        Assert.Equal("TableWrite 2", _account.Requests.ToString());

        _account.Requests.Reset();
        await _account.Live.DueAsync(ExampleRuns.Now, 1_000, CancellationToken.None);
        Assert.Equal("TableRead 4", _account.Requests.ToString());
    }

    [Fact]
    public async Task What_is_missing_is_created_once_and_a_start_asks_nothing()
    {
        Assert.Equal(0, _account.Requests.Total);

        await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
        await _account.Runs.CreatedAsync(ExampleRuns.Fresh());

        Assert.Equal(1, _account.Requests[RequestKind.Create]);
    }

    private void Reset()
    {
        _account.Requests.Reset();
        _account.Sent.Clear();
    }
}
