using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>Steps that a call reports while it goes on.</summary>
public sealed class CheckpointTests
{
    private static readonly Handling s_other = RunStory.Handle(MessageId.Numbered(7), "x");

    [Fact]
    public void A_checkpointed_step_is_settled_and_its_discovery_stays_open()
    {
        var story = RunStory.Given();
        var call = story.DiscoveryCall;

        story.WhenCheckpointed(story.Dispatch, Reported.Ran("a"), Reported.Ran("b", "2")).ThenDone("a", "{\"data\":1}").ThenDone("b", "{\"data\":2}").ThenDiscovers(0).ThenNothingIsSent();
        story.WhenCheckpointed(story.Dispatch, Reported.Ran("a", "9")).ThenNothingChanged();
        story.WhenFound(call, Reported.Complete("3")).ThenCompleted("3");
    }

    [Fact]
    public void What_a_call_reported_meanwhile_it_knows_so_that_no_other_discovery_follows_beside_a_sleep()
    {
        var story = RunStory.Given();
        var call = story.DiscoveryCall;

        story.WhenCheckpointed(story.Dispatch, Reported.Ran("a", race: true)).WhenFound(call, Reported.Sleep("nap", "1h")).ThenDiscoversNothing();
    }

    // Seen in S4 of the benchmark: a checkpoint that storage took after the app had given it up cost the run a failed call and 45 seconds.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_call_that_ends_with_a_step_whose_checkpoint_was_remembered_without_its_knowing_is_followed_by_another_at_once(int steps)
    {
        var story = RunStory.Given();
        var call = story.DiscoveryCall;
        var ran = Enumerable.Range(0, steps).Select(i => (Protocol.Ops.Op)Reported.Ran($"s{i}")).ToArray();

        story.WhenCheckpointed(story.Dispatch, ran).WhenFound(call, ran[^1]).ThenDiscovers(1).ThenDone($"s{steps - 1}", "{\"data\":1}");
        Assert.Equal(0, story.Run.Discovery!.Attempt);
    }

    [Fact]
    public void A_step_after_a_checkpoint_has_its_attempts_to_itself()
    {
        var story = RunStory.Given(maxAttempts: 2).WhenFound(Reported.Error("a")).After(TimeSpan.FromMinutes(1)).ThenDiscovers(0, 1, TimeSpan.FromSeconds(-45));
        var call = story.DiscoveryCall;

        story.WhenCheckpointed(story.Dispatch, Reported.Ran("a")).WhenFound(call, Reported.Error("b")).ThenUnknown("b");
        Assert.Equal(1, story.Run.Discovery!.Attempt);
        Assert.Equal([0, 1], story.Run.Steps[Reported.Key("a")].Attempts.Select(attempt => attempt.Attempt));

        story.After(TimeSpan.FromMinutes(1)).WhenFound(Reported.Error("b")).ThenFailed("b", "Error", "broken");
    }

    [Fact]
    public void Of_a_call_that_another_message_took_over_nothing_is_heard_any_more()
    {
        var story = RunStory.Given();
        var (call, dispatch) = (story.DiscoveryCall, story.Dispatch);
        story.WhenCheckpointed(dispatch, Reported.Ran("a")).After(RunStory.ClaimLength).Under(s_other).WhenClaimed("discovery");

        story.WhenCheckpointed(dispatch, Reported.Ran("b")).ThenNothingChanged();
        story.WhenFunctionFailed(call).ThenNothingChanged();
        story.WhenFound(story.DiscoveryCall, Reported.Complete()).ThenCompleted();
    }

    [Fact]
    public void What_is_no_run_step_ends_a_call_and_is_not_checkpointed()
    {
        Assert.True(Checkpointing.Takes(Reported.Ran("a")));
        Assert.DoesNotContain(true, new Protocol.Ops.Op[] { Reported.Planned("a"), Reported.Sleep("a", "1h"), Reported.Error("a"), Reported.Complete() }.Select(Checkpointing.Takes));
    }

    [Fact]
    public void More_steps_than_a_run_may_have_fail_it()
    {
        var story = RunStory.Given();
        var steps = Enumerable.Range(0, Protocol.ProtocolLimits.MaxSteps + 1).Select(i => (Protocol.Ops.Op)Reported.Ran($"s{i}")).ToArray();

        story.WhenCheckpointed(story.Dispatch, steps).ThenRunFailed("StepwellTooManySteps", "more than 1000 steps");
    }

    [Fact]
    public void A_step_found_alone_is_the_last_of_its_group_and_asks_for_discovery_beside_what_an_earlier_answer_left_pending()
    {
        var story = RunStory.GivenFound(Reported.Planned("fast", race: true), Reported.Sleep("slow", "1h", race: true)).WhenRan("fast").ThenDiscovers(1);

        story.WhenFound(Reported.Planned("after")).ThenDiscoversNothing().WhenRan("after").ThenDiscovers(2);
    }
}
