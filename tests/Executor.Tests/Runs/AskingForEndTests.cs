using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>A function that has returned with the winner of a race does not wait for the losers.</summary>
public sealed class AskingForEndTests
{
    [Fact]
    public void A_discovery_that_finds_only_the_losers_of_a_race_is_followed_by_a_call_that_asks_whether_the_function_has_returned()
    {
        var story = Race().WhenFound(Reported.Sleep("slow", "1h", race: true)).ThenDiscovers(2);

        story.Then(run => Assert.Equal(StepKey.Returned, run.Discovery!.Key))
            .WhenFunctionReturned(story.DiscoveryCall, "7")
            .ThenCompleted("7").ThenAbandoned("slow");
    }

    [Fact]
    public void A_function_that_failed_beside_its_losers_fails_the_run()
    {
        var story = Asked();

        story.WhenFunctionFailed(story.DiscoveryCall, "no winner").ThenAbandoned("slow")
            .Then(run => Assert.IsType<RunOutcome.Failed>(run.Outcome));
    }

    [Fact]
    public void A_function_that_has_not_returned_is_not_asked_again_before_another_step_is_settled()
    {
        var story = Asked();

        story.WhenCallFailed(story.DiscoveryCall, "no such step").ThenDiscoversNothing().ThenSleeps("slow", TimeSpan.FromHours(1))
            .After(TimeSpan.FromHours(1)).WhenWoke("slow").ThenDiscovers(3)
            .Then(run => Assert.Equal(StepKey.Discovery, run.Discovery!.Key));
    }

    [Fact]
    public void A_step_that_is_settled_meanwhile_is_discovered_at_once_and_the_answer_is_not_heard()
    {
        var story = RunStory.GivenFound(Reported.Planned("fast", race: true), Reported.Sleep("slow", "1h", race: true), Reported.WaitForEvent("event", "paid", race: true))
            .WhenRan("fast").WhenFound(Reported.Sleep("slow", "1h", race: true), Reported.WaitForEvent("event", "paid", race: true));
        var asked = story.DiscoveryCall;
        Assert.Equal(StepKey.Returned, asked.Item);

        story.WhenMatched("event", "{}").ThenDiscovers(3).Then(run => Assert.Equal(StepKey.Discovery, run.Discovery!.Key))
            .WhenFunctionReturned(asked).ThenNothingChanged()
            .WhenCallFailed(asked).ThenNothingChanged();
    }

    [Fact]
    public void While_a_loser_is_being_called_nobody_asks_before_a_second_has_gone_by()
    {
        var story = RunStory.GivenFound(Reported.Planned("fast", race: true), Reported.Planned("slow", race: true))
            .WhenRan("fast").WhenFound(Reported.Planned("slow", race: true)).ThenDiscovers(2, dueIn: TimeSpan.FromSeconds(1))
            .Then(run => Assert.Equal(StepKey.Returned, run.Discovery!.Key));
        var asked = story.DiscoveryCall;

        story.WhenRan("slow").ThenDiscovers(3).Then(run => Assert.Equal(StepKey.Discovery, run.Discovery!.Key))
            .WhenFunctionReturned(asked).ThenNothingChanged();
    }

    [Fact]
    public void A_function_that_has_returned_ends_its_run_though_a_loser_is_being_called()
    {
        var story = RunStory.GivenFound(Reported.Planned("fast", race: true), Reported.Planned("slow", race: true))
            .WhenRan("fast").WhenFound(Reported.Planned("slow", race: true));
        var slow = story.CallOf("slow");

        story.After(TimeSpan.FromSeconds(1)).WhenFunctionReturned(story.DiscoveryCall, "7").ThenCompleted("7").ThenAbandoned("slow")
            .WhenStepReturned(slow, Reported.Ran("slow")).ThenNothingChanged();
    }

    [Fact]
    public void Nobody_asks_while_a_sleep_or_a_retry_is_over_soon()
    {
        RunStory.GivenFound(Reported.Planned("fast", race: true), Reported.Planned("slow", race: true))
            .WhenStepReturned("slow", Reported.Error("slow", race: true)).WhenRan("fast").WhenFound(Reported.Planned("slow", race: true))
            .Then(run => Assert.True(run.Discovery is null || ((StepState.Planned)run.Steps[Reported.Key("slow")].State).Due > RunStory.Start.AddSeconds(15)));
        RunStory.GivenFound(Reported.Planned("fast", race: true), Reported.Sleep("slow", "15s", race: true))
            .WhenRan("fast").WhenFound(Reported.Sleep("slow", "15s", race: true)).ThenDiscoversNothing();
    }

    [Fact]
    public void Nobody_asks_when_something_new_was_found_or_nothing_at_all()
    {
        Race().WhenFound(Reported.Sleep("slow", "1h", race: true), Reported.Sleep("new", "1h", race: true)).ThenDiscoversNothing();
        Race().WhenFound().ThenDiscoversNothing();
    }

    [Fact]
    public void Nobody_asks_in_version_1_which_tells_of_the_end_by_itself() =>
        RunStory.Given().Speaking(1).WhenFound(Reported.Planned("fast", race: true), Reported.Sleep("slow", "1h", race: true))
            .WhenRan("fast").WhenFound(Reported.Sleep("slow", "1h", race: true)).ThenDiscoversNothing();

    [Fact]
    public void Nobody_asks_about_steps_that_are_not_marked_as_race() =>
        RunStory.GivenFound(Reported.Planned("fast", race: true), Reported.Sleep("slow", "1h"))
            .WhenRan("fast").WhenFound(Reported.Sleep("slow", "1h")).ThenDiscoversNothing();

    [Fact]
    public void A_message_that_comes_back_asks_again()
    {
        var story = Asked();

        story.After(RunStory.ClaimLength).Under(RunStory.Handle(story.Run.Discovery!.Holder, "later")).When(new Fact.Claimed([StepKey.Returned]) { By = story.By })
            .Then(run => Assert.Equal(story.By.Holder, run.Discovery!.Holder))
            .WhenFunctionReturned(story.DiscoveryCall).ThenAbandoned("slow");
    }

    private static RunStory Race() =>
        RunStory.GivenFound(Reported.Planned("fast", race: true), Reported.Sleep("slow", "1h", race: true)).WhenRan("fast").ThenDiscovers(1);

    private static RunStory Asked() => Race().WhenFound(Reported.Sleep("slow", "1h", race: true)).ThenDiscovers(2);
}
