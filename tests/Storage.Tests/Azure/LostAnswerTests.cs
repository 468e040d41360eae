using Azure.Core;
using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Storage.Tests.Examples;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>A request that took effect and whose answer was lost is tried again by the client library, and then meets its own effect.</summary>
public sealed class LostAnswerTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private readonly AzureAccount _account = new(azurite);

    [Fact]
    public async Task Of_a_creation_is_not_a_run_that_exists()
    {
        await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
        var run = ExampleRuns.Fresh();
        _account.Faults.LoseAnswer(Faults.IsTransaction);

        Assert.IsType<CreateRunOutcome.Created>(await _account.Runs.CreateAsync(run, CancellationToken.None));

        Assert.True(_account.Faults.HasHappened);
        await _account.Runs.AssertStoredAsync(run);
    }

    [Fact]
    public async Task Of_another_creation_is_a_run_that_exists()
    {
        var run = (await _account.Runs.CreatedAsync(ExampleRuns.Fresh())).Run;
        _account.Faults.LoseAnswer(Faults.IsTransaction);

        var again = await _account.Runs.CreateAsync(run with { CreatedAt = run.CreatedAt.AddDays(1) }, CancellationToken.None);

        Assert.True(_account.Faults.HasHappened);
        Assert.Equal(run.CreatedAt, Assert.IsType<CreateRunOutcome.Exists>(again).CreatedAt);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(250, 1)]
    [InlineData(250, 2)]
    [InlineData(250, 3)]
    public async Task Of_any_part_of_a_commit_is_no_conflict(int steps, int part)
    {
        var created = await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
        _account.Faults.LoseAnswer(Faults.IsTransaction, part);

        var committed = await _account.Runs.CommittedAsync(created, created.Run.WithGeneration(steps, 1));

        Assert.True(_account.Faults.HasHappened);
        await _account.Runs.AssertStoredAsync(committed.Run);
        var next = await _account.Runs.CommittedAsync(committed, committed.Run.WithGeneration(steps, 2));
        await _account.Runs.AssertStoredAsync(next.Run);
    }

    [Fact]
    public async Task Of_a_commit_on_an_older_version_is_a_conflict()
    {
        var created = await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
        var newest = await _account.Runs.CommittedAsync(created, created.Run.WithGeneration(1, 1));
        _account.Faults.LoseAnswer(Faults.IsTransaction);

        var outcome = await _account.Runs.CommitAsync(created.Run, created.Version, created.Run.WithGeneration(1, 2), CancellationToken.None);

        Assert.True(_account.Faults.HasHappened);
        Assert.IsType<CommitRunOutcome.Conflict>(outcome);
        await _account.Runs.AssertStoredAsync(newest.Run);
    }

    [Fact]
    public async Task Of_an_event_leaves_it_once()
    {
        var one = ExampleEvents.At(ExampleRuns.Now);
        await _account.Events.AddAsync([ExampleEvents.At(ExampleRuns.Now)], CancellationToken.None);
        _account.Faults.LoseAnswer(Faults.IsRowWrite);

        await _account.Events.AddAsync([one], CancellationToken.None);

        Assert.True(_account.Faults.HasHappened);
        Assert.Equal(2, (await _account.Events.ListAsync(new EventQuery(100), CancellationToken.None)).Length);
    }

    [Fact]
    public async Task Of_a_payload_leaves_it_whole()
    {
        await _account.Payloads.WriteAsync("a/a", new byte[] { 0 }, CancellationToken.None);
        _account.Faults.LoseAnswer(Faults.IsBlobWrite);

        await _account.Payloads.WriteAsync("a/b", new byte[] { 1, 2, 3 }, CancellationToken.None);

        Assert.True(_account.Faults.HasHappened);
        Assert.Equal([1, 2, 3], Assert.IsType<ReadPayloadOutcome.Found>(await _account.Payloads.ReadAsync("a/b", CancellationToken.None)).Content.ToArray());
    }

    [Fact]
    public async Task Of_moving_and_removing_a_live_row_is_no_error()
    {
        var entry = new LiveEntry(ExampleRuns.NewId(), ExampleRuns.Now);
        var moved = entry with { CheckAt = ExampleRuns.Now.AddHours(1) };
        await _account.Live.AddAsync([entry], CancellationToken.None);

        _account.Faults.LoseAnswer(Faults.IsRowWrite);
        await _account.Live.MoveAsync(entry, moved.CheckAt, CancellationToken.None);
        Assert.True(_account.Faults.HasHappened);
        Assert.Equal(moved, Assert.Single(await _account.Live.DueAsync(moved.CheckAt, 10, CancellationToken.None)));

        _account.Faults.LoseAnswer(Faults.IsRowWrite);
        await _account.Live.RemoveAsync(moved, CancellationToken.None);
        Assert.True(_account.Faults.HasHappened);
        Assert.Empty(await _account.Live.DueAsync(moved.CheckAt, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Of_live_rows_that_are_written_and_removed_together_is_no_error()
    {
        var entries = Enumerable.Range(0, 80).Select(_ => new LiveEntry(ExampleRuns.NewId(), ExampleRuns.Now)).ToList();
        await _account.Live.AddAsync([.. entries.Take(40)], CancellationToken.None);

        // The first of each of the four partitions goes alone, as no transaction.
        _account.Faults.LoseAnswer(Faults.IsTransaction, number: 2);
        await Task.WhenAll(entries.Take(40).Select(entry => _account.Live.RemoveAsync(entry, CancellationToken.None))
            .Concat(entries.Skip(40).Select(entry => _account.Live.AddAsync([entry], CancellationToken.None))));

        Assert.True(_account.Faults.HasHappened);
        Assert.Equal(entries.Skip(40).ToHashSet(), (await _account.Live.DueAsync(ExampleRuns.Now, 100, CancellationToken.None)).ToHashSet());
    }

    [Fact]
    public async Task Of_deleting_a_message_is_no_error()
    {
        await _account.Queue.SendAsync(0, "x", TimeSpan.Zero, CancellationToken.None);
        var received = Assert.Single(await _account.Queue.ReceiveAsync(0, 1, TimeSpan.FromMinutes(1), CancellationToken.None));
        _account.Faults.LoseAnswer(Faults.IsQueueDelete);

        await _account.Queue.DeleteAsync(received, CancellationToken.None);

        Assert.True(_account.Faults.HasHappened);
        Assert.IsType<LeaseOutcome.Lost>(await _account.Queue.ExtendAsync(received, TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    [Fact]
    public async Task Of_sending_a_message_is_an_error_and_the_message_is_not_sent_again()
    {
        await _account.Queue.ReceiveAsync(0, 1, TimeSpan.FromMinutes(1), CancellationToken.None);
        _account.Faults.LoseAnswer(Faults.IsQueuePut);

        await Assert.ThrowsAnyAsync<Exception>(() => _account.Queue.SendAsync(0, "x", TimeSpan.Zero, CancellationToken.None));

        Assert.True(_account.Faults.HasHappened);
        Assert.Single(await _account.Queue.ReceiveAsync(0, 32, TimeSpan.FromMinutes(1), CancellationToken.None));
    }
}
