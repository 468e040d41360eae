using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Storage.Tests.Examples;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>Commits of more steps than one table transaction takes: they are seen whole or not at all, like any other.</summary>
public abstract class LargeCommitContract
{
    private const int MaxSteps = 1_000;

    protected abstract IRunStore Runs { get; }

    [Theory]
    [InlineData(98)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(250)]
    [InlineData(MaxSteps)]
    public async Task Any_number_of_steps_is_written_and_changed_in_one_commit(int steps)
    {
        var state = await Runs.CreatedAsync(ExampleRuns.Fresh());

        state = await Runs.CommittedAsync(state, state.Run.With(Enumerable.Range(0, steps).Select(i => ExampleRuns.Planned($"step {i}", i))));
        await Runs.AssertStoredAsync(state.Run);

        state = await Runs.CommittedAsync(state, state.Run.WithGeneration(steps, 2));
        await Runs.AssertStoredAsync(state.Run);
        Assert.Equal(steps, state.Run.Stack.Count);
    }

    [Fact]
    public async Task A_run_with_the_most_steps_goes_on_from_what_was_read()
    {
        var state = await Runs.CreatedAsync(ExampleRuns.Fresh());
        await Runs.CommittedAsync(state, state.Run.WithGeneration(MaxSteps, 1));

        var read = await Runs.FindAsync(state.Run.Id);
        var changed = read.Run.With(ExampleRuns.Done("step 500", ExampleRuns.Number(2), 500));
        await Runs.CommittedAsync(read, changed);

        await Runs.AssertStoredAsync(changed);
    }

    [Fact]
    public async Task A_reader_never_sees_a_mixture_of_two_commits()
    {
        const int Commits = 8;
        var state = await Runs.CreatedAsync(ExampleRuns.Fresh());
        state = await Runs.CommittedAsync(state, state.Run.WithGeneration(250, 0));
        var writing = Task.Run(async () =>
        {
            for (var generation = 1; generation <= Commits; generation++)
                state = await Runs.CommittedAsync(state, state.Run.WithGeneration(250, generation));
        });

        var seen = new HashSet<string>();
        while (!writing.IsCompleted)
        {
            var read = (await Runs.FindAsync(state.Run.Id)).Run;
            Assert.Equal(250, read.Steps.Count);
            var generation = Assert.Single(read.Generations());
            Assert.Equal(ExampleRuns.Number((int)read.StateBytes).ToString(), generation);
            seen.Add(generation);
            await Task.Yield();
        }

        await writing;
        Assert.NotEmpty(seen);
        await Runs.AssertStoredAsync(state.Run);
    }

    [Fact]
    public async Task Of_large_commits_at_the_same_time_exactly_one_wins_and_of_the_others_nothing_is_seen()
    {
        var state = await Runs.CreatedAsync(ExampleRuns.Fresh());
        for (var round = 0; round < 3; round++)
        {
            var rivals = Enumerable.Range(0, 4).Select(i => state.Run.WithGeneration(120 + (20 * i), (round * 10) + i)).ToList();

            var outcomes = await Task.WhenAll(rivals.Select(rival => Task.Run(() => Runs.CommitAsync(state.Run, state.Version, rival, CancellationToken.None))));

            var winner = Assert.Single(Enumerable.Range(0, rivals.Count), i => outcomes[i] is CommitRunOutcome.Committed);
            Assert.Equal(3, outcomes.Count(outcome => outcome is CommitRunOutcome.Conflict));
            await Runs.AssertStoredAsync(rivals[winner]);
            state = await Runs.FindAsync(state.Run.Id);
        }
    }

    [Fact]
    public async Task Small_and_large_commits_at_the_same_time_end_in_one_of_their_states()
    {
        var state = await Runs.CreatedAsync(ExampleRuns.Fresh());
        state = await Runs.CommittedAsync(state, state.Run.WithGeneration(150, 0));
        for (var round = 1; round <= 5; round++)
        {
            var large = state.Run.WithGeneration(150, round);
            var small = state.Run with { Discoveries = round };

            var outcomes = await Task.WhenAll(
                Task.Run(() => Runs.CommitAsync(state.Run, state.Version, large, CancellationToken.None)),
                Task.Run(() => Runs.CommitAsync(state.Run, state.Version, small, CancellationToken.None)));

            Assert.Single(outcomes, outcome => outcome is CommitRunOutcome.Committed);
            await Runs.AssertStoredAsync(outcomes[0] is CommitRunOutcome.Committed ? large : small);
            state = await Runs.FindAsync(state.Run.Id);
        }
    }
}
