using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Storage.Tests.Examples;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>A commit of several transactions that does not come to its end, or that somebody else comes between.</summary>
public sealed class BrokenCommitTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const int Steps = 250;
    private const int Parts = 3;

    private readonly AzureAccount _account = new(azurite);

    private IRunStore Runs => _account.Runs;

    public static TheoryData<int, bool> UnfinishedParts { get; } = new()
    {
        { 1, false }, { 1, true }, { 2, false }, { 2, true }, { 3, false },
    };

    [Theory]
    [MemberData(nameof(UnfinishedParts))]
    public async Task A_crash_between_two_parts_leaves_the_old_state_and_the_next_commit_succeeds(int part, bool afterEffect)
    {
        // Some of its steps are there already, and others are new: both must be as they were.
        var before = await StartAsync(100);

        await CrashAsync(before, before.Run.WithGeneration(Steps, 1), part, afterEffect);

        await Runs.AssertStoredAsync(before.Run);
        var read = await Runs.FindAsync(before.Run.Id);
        var next = await Runs.CommittedAsync(read, read.Run with { Discoveries = 5 });
        await Runs.AssertStoredAsync(next.Run);
        Assert.Equal(100, next.Run.Steps.Count);
    }

    [Fact]
    public async Task A_crash_after_the_last_part_leaves_the_new_state()
    {
        var before = await StartAsync(100);
        var after = before.Run.WithGeneration(Steps, 1);

        await CrashAsync(before, after, Parts, afterEffect: true);

        await Runs.AssertStoredAsync(after);
    }

    [Fact]
    public async Task What_a_crash_left_behind_is_never_seen_whatever_comes_after()
    {
        var state = await StartAsync(100);
        for (var generation = 1; generation <= 4; generation++)
        {
            await CrashAsync(state, state.Run.WithGeneration(Steps, generation * 10), 1 + (generation % Parts), afterEffect: generation % 2 == 0);
            state = await Runs.FindAsync(state.Run.Id);
            // Touches some of the rows that the broken commit touched, and leaves the others.
            state = await Runs.CommittedAsync(state, state.Run.With(ExampleRuns.Done($"step {generation}", ExampleRuns.Number(generation), generation)));
            await Runs.AssertStoredAsync(state.Run);
        }

        state = await Runs.CommittedAsync(state, state.Run.WithGeneration(Steps, 7));
        await Runs.AssertStoredAsync(state.Run);
    }

    [Fact]
    public async Task A_large_commit_after_several_crashes_in_a_row_succeeds()
    {
        var before = await StartAsync(100);
        for (var part = 1; part <= Parts; part++)
        {
            var read = await Runs.FindAsync(before.Run.Id);
            await CrashAsync(read, read.Run.WithGeneration(Steps, part), part, afterEffect: part < Parts);
            await Runs.AssertStoredAsync(before.Run);
        }

        var last = await Runs.FindAsync(before.Run.Id);
        var after = await Runs.CommittedAsync(last, last.Run.WithGeneration(Steps, 9));

        await Runs.AssertStoredAsync(after.Run);
    }

    [Fact]
    public async Task The_writer_of_a_broken_commit_that_goes_on_with_its_old_version_has_a_conflict()
    {
        var before = await StartAsync(100);
        await CrashAsync(before, before.Run.WithGeneration(Steps, 1), 2, afterEffect: false);

        var outcome = await Runs.CommitAsync(before.Run, before.Version, before.Run with { Discoveries = 5 }, CancellationToken.None);

        Assert.IsType<CommitRunOutcome.Conflict>(outcome);
        await Runs.AssertStoredAsync(before.Run);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_reader_between_two_parts_sees_the_old_state(int part)
    {
        var before = await StartAsync(100);
        var other = new AzureAccount(azurite, _account.Prefix);
        _account.Faults.Before(Faults.IsTransaction, part, () => other.Runs.AssertStoredAsync(before.Run));

        var after = await Runs.CommittedAsync(before, before.Run.WithGeneration(Steps, 1));

        Assert.True(_account.Faults.HasHappened);
        await other.Runs.AssertStoredAsync(after.Run);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 250)]
    [InlineData(3, 250)]
    public async Task Who_commits_between_two_parts_wins(int part, int steps)
    {
        var before = await StartAsync(100);
        var other = new AzureAccount(azurite, _account.Prefix);
        Run? winner = null;
        _account.Faults.Before(Faults.IsTransaction, part, async () =>
        {
            var read = await other.Runs.FindAsync(before.Run.Id);
            winner = (await other.Runs.CommittedAsync(read, read.Run.WithGeneration(steps, 2))).Run;
        });

        var outcome = await Runs.CommitAsync(before.Run, before.Version, before.Run.WithGeneration(Steps, 1), CancellationToken.None);

        Assert.True(_account.Faults.HasHappened);
        Assert.IsType<CommitRunOutcome.Conflict>(outcome);
        await Runs.AssertStoredAsync(winner!);
    }

    [Fact]
    public async Task A_crash_between_a_payload_and_its_row_changes_nothing()
    {
        var before = await StartAsync(1);
        var large = before.Run.With(ExampleRuns.Done("step 0", ExampleJson.OfSize(200_000)));
        _account.Faults.CrashAfter(Faults.IsBlobWrite);

        await Assert.ThrowsAsync<CrashException>(() => Runs.CommitAsync(before.Run, before.Version, large, CancellationToken.None));

        await Runs.AssertStoredAsync(before.Run);
        await Runs.CommittedAsync(before, large);
        await Runs.AssertStoredAsync(large);
    }

    private async Task<ReadRunOutcome.Found> StartAsync(int steps)
    {
        var created = await Runs.CreatedAsync(ExampleRuns.Fresh());
        return await Runs.CommittedAsync(created, created.Run.WithGeneration(steps, 0));
    }

    private async Task CrashAsync(ReadRunOutcome.Found before, Run after, int part, bool afterEffect)
    {
        if (afterEffect)
            _account.Faults.CrashAfter(Faults.IsTransaction, part);
        else
            _account.Faults.CrashBefore(Faults.IsTransaction, part);

        await Assert.ThrowsAsync<CrashException>(() => Runs.CommitAsync(before.Run, before.Version, after, CancellationToken.None));
        Assert.True(_account.Faults.HasHappened);
    }
}
