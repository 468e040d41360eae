using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>How a run ends, and that it ends once.</summary>
public sealed class RunEndTests
{
    [Fact]
    public void A_function_that_returns_completes_its_run()
    {
        var story = RunStory.GivenFound(Reported.Ran("a")).After(TimeSpan.FromSeconds(3));
        story.WhenFunctionReturned(story.DiscoveryCall, "[1,2]").ThenCompleted("[1,2]").ThenNothingIsSent();
        Assert.Equal((RunStatus.Completed, story.Now), (story.Run.Status, story.Run.EndedAt));
        Assert.Empty(story.Run.Claims);
    }

    [Fact]
    public void A_reported_completion_is_the_same_as_a_return()
    {
        RunStory.GivenFound(Reported.Ran("a"), Reported.Complete("[1,2]")).ThenDone("a", """{"data":1}""").ThenCompleted("[1,2]");
        RunStory.GivenFound(Reported.SyncComplete("[1,2]")).ThenCompleted("[1,2]");
    }

    [Fact]
    public void A_function_that_fails_for_good_fails_its_run_with_its_error()
    {
        var story = RunStory.Given();
        story.WhenFunctionFailed(story.DiscoveryCall, "no stock").ThenRunFailed("Error", "no stock").ThenNothingIsSent();
        Assert.Equal((RunStatus.Failed, story.Now), (story.Run.Status, story.Run.EndedAt));
    }

    [Fact]
    public void A_function_that_fails_is_tried_again_with_its_memos()
    {
        var story = RunStory.GivenFound(Reported.Ran("a"));
        story.WhenCallFailed(story.DiscoveryCall, "busy").ThenDiscovers(1, attempt: 1, dueIn: TimeSpan.FromSeconds(15)).ThenDone("a", """{"data":1}""");
    }

    [Fact]
    public void A_function_that_fails_to_its_last_attempt_fails_its_run_with_the_last_error()
    {
        var story = RunStory.Given(maxAttempts: 2);
        story.WhenCallFailed(story.DiscoveryCall, "first").After(TimeSpan.FromSeconds(15));
        story.WhenCallFailed(story.DiscoveryCall, "second").ThenRunFailed("Error", "second").ThenDiscoversNothing();
    }

    [Fact]
    public void The_call_of_a_step_may_end_the_run_too()
    {
        var story = RunStory.GivenFound(Reported.Planned("a"), Reported.Planned("b"));
        story.WhenFunctionReturned(story.CallOf("a"), "7").ThenCompleted("7").ThenAbandoned("a", "b");
        story = RunStory.GivenFound(Reported.Planned("a"), Reported.Planned("b"));
        story.WhenFunctionFailed(story.CallOf("b"), "no").ThenRunFailed("Error", "no").ThenAbandoned("a", "b");
    }

    [Fact]
    public void When_a_race_ends_a_run_its_losers_are_dropped_at_once()
    {
        var story = RunStory.GivenFound(
                Reported.Planned("fast", race: true), Reported.Planned("slow", race: true), Reported.Sleep("timeout", "1d", race: true), Reported.WaitForEvent("event", "e", race: true))
            .WhenRan("fast");
        var late = story.CallOf("slow");
        story.WhenFunctionReturned(story.DiscoveryCall, "\"fast\"")
            .ThenCompleted("\"fast\"")
            .ThenDone("fast", """{"data":1}""")
            .ThenAbandoned("slow", "timeout", "event")
            .ThenNothingIsSent();
        Assert.Empty(PendingItems.Of(story.Run));
        story.WhenStepReturned(late, Reported.Ran("slow")).ThenNothingChanged();
    }

    [Fact]
    public void Somebody_may_end_a_run_at_any_time()
    {
        var story = RunStory.GivenFound(Reported.Planned("a"), Reported.Sleep("b", "1d")).After(TimeSpan.FromMinutes(1)).WhenCancelled("not wanted");
        Assert.Equal(new RunOutcome.Cancelled("not wanted", story.Now), story.Run.Outcome);
        Assert.Equal((RunStatus.Cancelled, story.Now), (story.Run.Status, story.Run.EndedAt));
        story.ThenAbandoned("a", "b").ThenDiscoversNothing().ThenNothingIsSent();
        Assert.Empty(story.Run.Claims);
    }

    [Fact]
    public void A_run_that_was_never_called_can_be_cancelled() =>
        RunStory.Given().WhenCancelled().Then(run => Assert.Equal(RunStatus.Cancelled, run.Status)).ThenDiscoversNothing();

    [Fact]
    public void A_run_that_has_ended_stays_as_it_ended()
    {
        var story = RunStory.Given();
        var call = story.DiscoveryCall;
        story.WhenFunctionReturned(call).WhenCancelled().ThenNothingChanged().WhenFunctionReturned(call, "2").ThenNothingChanged().WhenFunctionFailed(call).ThenNothingChanged();
        Assert.Equal(RunStatus.Completed, story.Run.Status);
    }
}
