namespace Stepwell.Executor.Tests.Runs;

/// <summary>Protocol versions, and when the app may run a step that it finds alone (protocol §6.2, §6.3).</summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_first_report_pins_the_version_for_the_rest_of_the_run(int version) =>
        RunStory.Given()
            .Then(run => Assert.Equal(-1, run.Version))
            .Speaking(version).WhenFound(Reported.Ran("a"))
            .Then(run => Assert.Equal(version, run.Version))
            .Speaking(3 - version).WhenFound(Reported.Ran("b"))
            .Then(run => Assert.Equal(version, run.Version));

    [Fact]
    public void A_failed_call_pins_nothing()
    {
        var story = RunStory.Given();
        story.WhenCallFailed(story.DiscoveryCall).Then(run => Assert.Equal(-1, run.Version));
    }

    [Fact]
    public void A_report_that_only_says_that_a_step_failed_pins_too() =>
        RunStory.Given().Speaking(1).WhenFound(Reported.Error("a")).Then(run => Assert.Equal(1, run.Version));

    [Fact]
    public void In_version_1_every_settled_step_asks_for_discovery() =>
        RunStory.Given().Speaking(1)
            .WhenFound(Reported.Planned("a"), Reported.Planned("b"))
            .ThenDiscoversNothing()
            .WhenRan("a").ThenDiscovers(1)
            .WhenFound(Reported.Planned("b")).ThenDiscoversNothing()
            .WhenRan("b").ThenDiscovers(2);

    [Fact]
    public void In_version_2_only_the_last_of_a_group_does() =>
        RunStory.GivenFound(Reported.Planned("a"), Reported.Planned("b"), Reported.Sleep("c", "1h"))
            .WhenRan("a").ThenDiscoversNothing()
            .WhenRan("b").ThenDiscoversNothing()
            .After(TimeSpan.FromHours(1))
            .WhenWoke("c").ThenDiscovers(1);

    [Fact]
    public void In_version_2_a_step_marked_as_race_asks_though_siblings_are_pending_and_an_unmarked_one_does_not() =>
        RunStory.GivenFound(Reported.Planned("plain"), Reported.Planned("race", race: true), Reported.Planned("other"))
            .WhenRan("plain").ThenDiscoversNothing()
            .WhenRan("race").ThenDiscovers(1)
            .WhenFound().ThenDiscoversNothing();

    [Fact]
    public void A_failure_a_sleep_and_an_event_of_a_race_ask_as_well()
    {
        RunStory.GivenFound(Reported.Planned("a", race: true), Reported.Planned("b")).WhenStepReturned("a", Reported.Failed("a")).ThenDiscovers(1);
        RunStory.GivenFound(Reported.Sleep("a", "1h", race: true), Reported.Planned("b")).After(TimeSpan.FromHours(1)).WhenWoke("a").ThenDiscovers(1);
        RunStory.GivenFound(Reported.WaitForEvent("a", "e", race: true), Reported.Planned("b")).WhenMatched("a", "{}").ThenDiscovers(1);
    }

    [Fact]
    public void A_race_step_that_is_settled_in_the_answer_itself_asks_as_well() =>
        RunStory.GivenFound(Reported.Sleep("a", "soon", race: true), Reported.Planned("b")).ThenDiscovers(1);

    [Fact]
    public void A_step_found_alone_may_be_run_at_once() =>
        RunStory.GivenFound(Reported.Ran("a")).Then(run => Assert.False(run.ImmediateExecutionOff))
            .WhenFound(Reported.Planned("b")).Then(run => Assert.False(run.ImmediateExecutionOff));

    [Fact]
    public void Several_steps_in_one_answer_turn_immediate_execution_off_until_their_group_is_settled() =>
        RunStory.GivenFound(Reported.Planned("a"), Reported.Planned("b")).Then(run => Assert.True(run.ImmediateExecutionOff))
            .WhenRan("a").Then(run => Assert.True(run.ImmediateExecutionOff))
            .WhenRan("b").ThenDiscovers(1).Then(run => Assert.False(run.ImmediateExecutionOff));

    // The public tests of the TypeScript SDK count the calls after such a group: one that plans the next step, and one that runs it.
    [Fact]
    public void A_group_that_ends_with_a_sleep_turns_it_on_again_one_call_later() =>
        RunStory.GivenFound(Reported.Planned("a"), Reported.Sleep("b", "1h"))
            .WhenRan("a")
            .After(TimeSpan.FromHours(1)).WhenWoke("b").ThenDiscovers(1).Then(run => Assert.True(run.ImmediateExecutionOff))
            .WhenFound(Reported.Planned("after"))
            .WhenRan("after").ThenDiscovers(2).Then(run => Assert.False(run.ImmediateExecutionOff));

    [Fact]
    public void A_sleep_found_alone_leaves_immediate_execution_on() =>
        RunStory.GivenFound(Reported.Ran("a"))
            .WhenFound(Reported.Sleep("b", "1h"))
            .After(TimeSpan.FromHours(1)).WhenWoke("b").ThenDiscovers(2).Then(run => Assert.False(run.ImmediateExecutionOff));

    [Fact]
    public void In_version_1_immediate_execution_stays_off_for_the_rest_of_the_run() =>
        RunStory.Given().Speaking(1)
            .WhenFound(Reported.Planned("a"), Reported.Planned("b"))
            .WhenRan("a").WhenFound().WhenRan("b").ThenDiscovers(2)
            .Then(run => Assert.True(run.ImmediateExecutionOff));

    // The reference server turns it on with the winner and runs the step after the race twice (inngest/inngest#4897).
    [Fact]
    public void In_a_race_immediate_execution_stays_off_while_a_sibling_is_pending() =>
        RunStory.GivenFound(Reported.Planned("a", race: true), Reported.Planned("b", race: true))
            .WhenRan("a").ThenDiscovers(1).Then(run => Assert.True(run.ImmediateExecutionOff))
            .WhenFound(Reported.Planned("after", race: true)).Then(run => Assert.True(run.ImmediateExecutionOff))
            .WhenRan("after").ThenDiscovers(2).Then(run => Assert.True(run.ImmediateExecutionOff))
            .WhenFound()
            .WhenRan("b").ThenDiscovers(3).Then(run => Assert.False(run.ImmediateExecutionOff));

    [Fact]
    public void A_discovery_that_is_open_while_the_last_sibling_settles_keeps_the_flag_that_its_call_carried() =>
        RunStory.GivenFound(Reported.Planned("a", race: true), Reported.Planned("b", race: true))
            .WhenRan("a").WhenRan("b").ThenDiscovers(1)
            .Then(run => Assert.True(run.ImmediateExecutionOff));
}
