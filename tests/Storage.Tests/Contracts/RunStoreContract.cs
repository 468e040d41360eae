using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Json;
using Stepwell.Storage.Tests.Examples;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>Creating, reading and conditional commits.</summary>
public abstract class RunStoreContract
{
    protected abstract IRunStore Runs { get; }

    [Fact]
    public async Task A_created_run_is_read_as_it_was_created()
    {
        var run = ExampleRuns.Fresh();

        await Runs.CreatedAsync(run);

        await Runs.AssertStoredAsync(run);
    }

    [Fact]
    public async Task A_created_run_can_be_changed_as_what_it_was_created_as_and_not_twice()
    {
        var run = ExampleRuns.Fresh();
        var created = Assert.IsType<CreateRunOutcome.Created>(await Runs.CreateAsync(run, CancellationToken.None));
        var ended = run with { Outcome = new RunOutcome.Completed(RawJson.FromString("1"), ExampleRuns.Now.AddHours(1)) };

        Assert.IsType<CommitRunOutcome.Committed>(await Runs.CommitAsync(run, created.Version, ended, CancellationToken.None));
        Assert.IsType<CommitRunOutcome.Conflict>(await Runs.CommitAsync(run, created.Version, ended, CancellationToken.None));

        await Runs.AssertStoredAsync(ended);
    }

    [Fact]
    public async Task Creating_a_run_again_says_since_when_it_exists_and_changes_nothing()
    {
        var run = ExampleRuns.Fresh();
        await Runs.CreatedAsync(run);

        var again = await Runs.CreateAsync(run with { CreatedAt = run.CreatedAt.AddHours(1), EventId = ExampleRuns.NewUlid() }, CancellationToken.None);

        Assert.Equal(run.CreatedAt, Assert.IsType<CreateRunOutcome.Exists>(again).CreatedAt);
        await Runs.AssertStoredAsync(run);
    }

    [Fact]
    public async Task A_run_that_went_on_exists_still()
    {
        var created = await Runs.CreatedAsync(ExampleRuns.Fresh());
        var ended = created.Run with { Outcome = new RunOutcome.Completed(RawJson.FromString("1"), ExampleRuns.Now.AddHours(1)) };
        await Runs.CommittedAsync(created, ended);

        var again = await Runs.CreateAsync(created.Run, CancellationToken.None);

        Assert.Equal(created.Run.CreatedAt, Assert.IsType<CreateRunOutcome.Exists>(again).CreatedAt);
        await Runs.AssertStoredAsync(ended);
    }

    [Fact]
    public async Task A_run_that_is_removed_is_not_there_any_more_and_others_are()
    {
        var (removed, other) = (ExampleRuns.Fresh(), ExampleRuns.Fresh());
        await Runs.CreatedAsync(removed);
        await Runs.CreatedAsync(other);

        await Runs.RemoveAsync(removed.Id, CancellationToken.None);
        await Runs.RemoveAsync(removed.Id, CancellationToken.None);
        await Runs.RemoveAsync(ExampleRuns.NewId(), CancellationToken.None);

        Assert.IsType<ReadRunOutcome.NotFound>(await Runs.ReadAsync(removed.Id, CancellationToken.None));
        await Runs.AssertStoredAsync(other);
        await Runs.CreatedAsync(removed);
        await Runs.AssertStoredAsync(removed);
    }

    [Fact]
    public async Task A_run_that_was_never_created_is_not_found()
    {
        Assert.IsType<ReadRunOutcome.NotFound>(await Runs.ReadAsync(ExampleRuns.NewId(), CancellationToken.None));

        var other = await Runs.CreatedAsync(ExampleRuns.Fresh());
        var never = ExampleRuns.Fresh();

        Assert.IsType<ReadRunOutcome.NotFound>(await Runs.ReadAsync(never.Id, CancellationToken.None));
        Assert.IsType<CommitRunOutcome.NotFound>(await Runs.CommitAsync(never, other.Version, never with { Discoveries = 1 }, CancellationToken.None));
        Assert.IsType<ReadRunOutcome.NotFound>(await Runs.ReadAsync(never.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Commits_go_on_from_the_version_of_the_commit_before_or_of_a_read()
    {
        var state = await Runs.CreatedAsync(ExampleRuns.Fresh());
        for (var i = 0; i < 5; i++)
            state = await Runs.CommittedAsync(state, state.Run.With(ExampleRuns.Done($"of a commit {i}", RawJson.FromString("1"), i)));

        for (var i = 5; i < 10; i++)
        {
            state = await Runs.FindAsync(state.Run.Id);
            state = await Runs.CommittedAsync(state, state.Run.With(ExampleRuns.Done($"of a read {i}", RawJson.FromString("2"), i)));
        }

        await Runs.AssertStoredAsync(state.Run);
        Assert.Equal(10, state.Run.Steps.Count);
    }

    [Fact]
    public async Task A_commit_on_an_older_version_is_a_conflict_of_which_nothing_is_seen()
    {
        var old = await Runs.CreatedAsync(ExampleRuns.Fresh().With());
        var newest = await Runs.CommittedAsync(old, old.Run.With(ExampleRuns.Done("a", RawJson.FromString("1"))));

        var late = old.Run.With(ExampleRuns.Done("a", RawJson.FromString("2")), ExampleRuns.Planned("b")) with { Discoveries = 9 };
        var outcome = await Runs.CommitAsync(old.Run, old.Version, late, CancellationToken.None);

        Assert.IsType<CommitRunOutcome.Conflict>(outcome);
        await Runs.AssertStoredAsync(newest.Run);
    }

    [Fact]
    public async Task A_commit_that_changes_back_is_a_change_all_the_same()
    {
        var first = await Runs.CreatedAsync(ExampleRuns.Fresh());
        var second = await Runs.CommittedAsync(first, first.Run with { Discoveries = 1 });
        await Runs.CommittedAsync(second, first.Run);

        var outcome = await Runs.CommitAsync(first.Run, first.Version, first.Run with { Discoveries = 2 }, CancellationToken.None);

        Assert.IsType<CommitRunOutcome.Conflict>(outcome);
        await Runs.AssertStoredAsync(first.Run);
    }

    [Fact]
    public async Task Of_commits_at_the_same_time_exactly_one_wins()
    {
        var state = await Runs.CreatedAsync(ExampleRuns.Fresh());
        for (var round = 0; round < 5; round++)
        {
            var rivals = Enumerable.Range(0, 12).Select(i => state.Run.With(ExampleRuns.Done($"step {i}", ExampleRuns.Number(round), i)) with { Discoveries = i }).ToList();

            var outcomes = await Task.WhenAll(rivals.Select(rival => Task.Run(() => Runs.CommitAsync(state.Run, state.Version, rival, CancellationToken.None))));

            var winner = Assert.Single(Enumerable.Range(0, rivals.Count), i => outcomes[i] is CommitRunOutcome.Committed);
            Assert.All(outcomes.Where((_, i) => i != winner), outcome => Assert.IsType<CommitRunOutcome.Conflict>(outcome));
            await Runs.AssertStoredAsync(rivals[winner]);
            state = new ReadRunOutcome.Found(rivals[winner], ((CommitRunOutcome.Committed)outcomes[winner]).Version);
        }
    }

    [Fact]
    public async Task Of_creations_at_the_same_time_exactly_one_wins()
    {
        var run = ExampleRuns.Fresh();
        var rivals = Enumerable.Range(0, 12).Select(i => run with { MaxAttempts = i + 1, CreatedAt = run.CreatedAt.AddSeconds(i) }).ToList();

        var outcomes = await Task.WhenAll(rivals.Select(rival => Task.Run(() => Runs.CreateAsync(rival, CancellationToken.None))));

        var winner = Assert.Single(Enumerable.Range(0, rivals.Count), i => outcomes[i] is CreateRunOutcome.Created);
        Assert.All(
            outcomes.Where((_, i) => i != winner),
            outcome => Assert.Equal(rivals[winner].CreatedAt, Assert.IsType<CreateRunOutcome.Exists>(outcome).CreatedAt));
        await Runs.AssertStoredAsync(rivals[winner]);
    }

    [Fact]
    public async Task Runs_do_not_disturb_each_other()
    {
        var runs = Enumerable.Range(0, 20).Select(i => ExampleRuns.Fresh() with { Function = Protocol.Ids.FunctionId.Parse($"shop-{i}") }).ToList();
        var ended = await Task.WhenAll(runs.Select(async (run, i) =>
        {
            var state = await Runs.CreatedAsync(run);
            return (await Runs.CommittedAsync(state, state.Run.With(ExampleRuns.Done("same", ExampleRuns.Number(i))))).Run;
        }));

        foreach (var run in ended)
            await Runs.AssertStoredAsync(run);
    }
}
