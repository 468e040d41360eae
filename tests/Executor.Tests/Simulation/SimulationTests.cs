using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Simulation;

public sealed class SimulationTests
{
    private const int RunsPerSeed = 50;

    [Theory]
    [MemberData(nameof(Seeds), 100, 20)]
    public void Whatever_breaks_every_run_ends_as_if_nothing_had(int seed) => Check(seed, Faults.Some);

    // Each of the two ways in which what was lost comes back would hide that the other does not work.
    [Theory]
    [MemberData(nameof(Seeds), 200, 20)]
    public void Whatever_breaks_the_messages_alone_bring_every_run_to_its_end(int seed) => Check(seed, Faults.Unswept);

    [Theory]
    [MemberData(nameof(Seeds), 300, 10)]
    public void Messages_that_the_queue_loses_are_brought_back_by_the_sweep(int seed) => Check(seed, Faults.Losing);

    [Theory]
    [MemberData(nameof(Seeds), 500, 20)]
    public void Without_a_crash_or_a_lost_answer_no_step_body_runs_twice(int seed)
    {
        var simulation = Check(seed, Faults.Harmless);
        Assert.Equal(0, simulation.Happened.Crashes + simulation.Happened.Pauses);
        foreach (var id in simulation.Runs)
        {
            foreach (var work in WorkOf(simulation.App.FunctionOf(id)))
            {
                var most = work.FailsForGood ? 1 : work.Failures + 1;
                Assert.True(simulation.App.Executions(id, work.Id) <= most, $"Step {work.Id} of run {id} ran {simulation.App.Executions(id, work.Id)} times instead of {most} (seed {seed}). {simulation.App.Show(id)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds), 1_100, 8)]
    public void Whatever_breaks_every_run_ends_that_shares_its_slots_with_others(int seed) => Check(seed, Faults.Some, slots: 3);

    [Theory]
    [MemberData(nameof(Seeds), 1_200, 4)]
    public void Slots_that_the_messages_lose_are_brought_back_by_the_sweep(int seed) => Check(seed, Faults.Losing, slots: 3);

    [Theory]
    [MemberData(nameof(Seeds), 1_300, 10)]
    public void Without_a_crash_no_more_calls_are_under_way_than_there_are_slots(int seed) => Assert.Equal(2, Check(seed, Faults.Harmless, slots: 2).App.MostAtATime);

    // A run in which a settled step asked nobody would go on all the same, when the discovery that did not see it is tried again after its backoff.
    [Theory]
    [MemberData(nameof(Seeds), 900, 10)]
    public void Without_a_call_that_fails_no_discovery_fails(int seed)
    {
        var simulation = Check(seed, Faults.Delays);
        Assert.Equal(0, simulation.Happened.EmptyDiscoveries);
    }

    [Theory]
    [MemberData(nameof(Seeds), 100, 3)]
    public void A_seed_decides_everything_so_that_a_failure_can_be_had_again(int seed)
    {
        Assert.Equal(History(Check(seed, Faults.Some)), History(Check(seed, Faults.Some)));

        static List<string> History(Simulation simulation) =>
        [
            $"{simulation.App.Calls} calls, {simulation.Happened.Crashes} crashes, {simulation.Happened.Conflicts} conflicts, {simulation.Happened.Pauses} pauses",
            .. simulation.Runs.Select(simulation.Read).Select(run => $"{run.Id} {run.Discoveries} discoveries, {run.NextMessage} messages, {run.EndedAt:O}"),
        ];
    }

    [Fact]
    public void The_faults_do_happen_and_so_do_races_with_long_losers()
    {
        var simulation = Check(1, Faults.Some);
        Assert.InRange(simulation.Happened.Crashes, 3, int.MaxValue);
        Assert.InRange(simulation.Happened.Conflicts, 3, int.MaxValue);
        Assert.InRange(simulation.Happened.Pauses, 3, int.MaxValue);
        Assert.InRange(simulation.App.SaidReturned.Yes, 3, int.MaxValue);
        Assert.InRange(simulation.App.SaidReturned.No, 3, int.MaxValue);
        Assert.InRange(simulation.Happened.Checkpoints, 3, int.MaxValue);
        Assert.InRange(simulation.Happened.Superseded, 1, int.MaxValue);
        Assert.InRange(simulation.App.GivenUp, 3, int.MaxValue);
        Assert.Contains(simulation.Runs, id => simulation.Read(id).Outcome is RunOutcome.Cancelled);
    }

    public static TheoryData<int> Seeds(int first, int count) => [.. Enumerable.Range(first, count)];

    private static Simulation Check(int seed, Faults faults, int? slots = null)
    {
        var simulation = new Simulation(seed, faults, slots);
        simulation.Play(RunsPerSeed);
        foreach (var id in simulation.Runs)
        {
            // Cancels come at any time, so that one that was asked for may come too late.
            if (simulation.Read(id).Outcome is RunOutcome.Cancelled && faults.Cancel > 0)
                continue;

            var expected = Expected(simulation.App.FunctionOf(id));
            var actual = simulation.Read(id).Outcome switch
            {
                RunOutcome.Completed completed => completed.Output.ToString(),
                RunOutcome.Failed failed => Protocol.Calls.Failure.FromJson(failed.Error).Message,
                var other => other.ToString(),
            };
            Assert.True(expected == actual, $"Seed {seed}, run {id}: expected {expected}, but it ended with {actual}.");
        }

        return simulation;
    }

    /// <summary>What a function gives when nothing goes wrong but what it does wrong itself.</summary>
    private static string? Expected(Node node)
    {
        var outcome = Outcome(node);
        return outcome.Failed ? outcome.Text : $"\"{outcome.Text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static (bool Failed, string Text) Outcome(Node node)
    {
        switch (node)
        {
            case Node.Work work:
                return work.FailsForGood ? (true, $"{work.Id} failed") : (false, $"\"{work.Id}\"");
            case Node.Sleep:
                return (false, "null");
            case Node.Any:
                return (false, "any");
            case Node.Try attempt:
                var inner = Outcome(attempt.Body);
                return inner.Failed ? (false, $"caught({inner.Text})") : inner;
            case Node.All all:
                var branches = all.Branches.Select(Outcome).ToList();
                return branches.Find(branch => branch.Failed) is { Failed: true } failed ? failed : (false, $"[{string.Join(',', branches.Select(branch => branch.Text))}]");
            case Node.Sequence sequence:
                var texts = new List<string>();
                foreach (var part in sequence.Parts)
                {
                    var one = Outcome(part);
                    if (one.Failed)
                        return one;

                    texts.Add(one.Text);
                }

                return (false, string.Join(';', texts));
            default:
                throw new InvalidOperationException();
        }
    }

    private static IEnumerable<Node.Work> WorkOf(Node node) => node switch
    {
        Node.Work work => [work],
        Node.Sequence sequence => sequence.Parts.SelectMany(WorkOf),
        Node.All all => all.Branches.SelectMany(WorkOf),
        Node.Any any => any.Branches.SelectMany(WorkOf),
        Node.Try attempt => WorkOf(attempt.Body),
        _ => [],
    };
}
