namespace Stepwell.Simulation.Tests;

/// <summary>10,000 seeds, each a world of its own: functions, events, interleavings and faults.</summary>
public sealed class SimulationTests
{
    [Fact]
    public void Whatever_breaks_every_run_ends_as_if_nothing_had()
    {
        var happened = Seeds.Check(nameof(Faults.All), 4_000, 0.4);
        Assert.InRange(happened.Crashes, 1_000, int.MaxValue);
        Assert.InRange(happened.Conflicts, 1_000, int.MaxValue);
        Assert.InRange(happened.Pauses, 1_000, int.MaxValue);
        Assert.InRange(happened.Checkpoints, 1_000, int.MaxValue);
        Assert.InRange(happened.Superseded, 10, int.MaxValue);
    }

    // Each of the two ways in which what was lost comes back would hide that the other does not work.
    [Fact]
    public void Whatever_breaks_the_messages_alone_bring_every_run_to_its_end() => Seeds.Check(nameof(Faults.Unswept), 2_000, 0.2);

    [Fact]
    public void Messages_that_the_queue_loses_are_brought_back_by_the_sweep() => Seeds.Check(nameof(Faults.Losing), 1_500, 0.15);

    [Fact]
    public void Without_a_crash_or_a_lost_answer_no_body_runs_twice_and_limits_hold_at_every_instant() => Seeds.Check(nameof(Faults.Harmless), 2_000, 0.2);

    // A run in which a settled step asked nobody would go on all the same, when the discovery that did not see it is tried again after its backoff.
    [Fact]
    public void Without_a_call_that_fails_no_discovery_fails()
    {
        var happened = Seeds.Check(nameof(Faults.Delays), 500, 0.05);
        Assert.Equal(0, happened.EmptyDiscoveries);
        Assert.InRange(happened.Unawaited, 50, int.MaxValue);
    }

    [Fact]
    public void A_seed_decides_everything_so_that_a_failure_can_be_had_again()
    {
        for (var seed = 1; seed <= 5; seed++)
            Assert.Equal(Seeds.Report(nameof(Faults.All), seed, int.MaxValue), Seeds.Report(nameof(Faults.All), seed, int.MaxValue));
    }
}
