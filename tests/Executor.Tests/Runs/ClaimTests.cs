using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>Claim before calling (design §3, rule 3).</summary>
public sealed class ClaimTests
{
    private static readonly Handling s_other = RunStory.Handle(MessageId.Numbered(7), "x");

    [Fact]
    public void Creation_claims_the_first_discovery_for_the_message_that_starts_the_run()
    {
        var run = RunStory.Given().Run;
        Assert.Equal(MessageId.Start, run.Discovery!.Holder);
        Assert.Equal(RunStory.Start + RunStory.ClaimLength, Assert.Single(run.Claims, claim => claim.Key == MessageId.Start).Value);
    }

    [Fact]
    public void The_commit_of_a_step_claims_the_next_call_anew()
    {
        var story = RunStory.Given().After(TimeSpan.FromSeconds(20)).WhenFound(Reported.Ran("a"));
        Assert.Equal(story.Now + RunStory.ClaimLength, story.Run.Claims[MessageId.Start]);
        story.After(TimeSpan.FromSeconds(20)).WhenFound(Reported.Planned("b"), Reported.Planned("c"));
        Assert.Equal(story.Now + RunStory.ClaimLength, story.Run.Claims[MessageId.Start]);
    }

    [Fact]
    public void A_live_claim_keeps_others_away() =>
        RunStory.GivenFound(Reported.Planned("a"), Reported.Planned("b"))
            .After(RunStory.ClaimLength - TimeSpan.FromTicks(1))
            .Under(s_other)
            .WhenClaimed("a", "b")
            .ThenNothingChanged();

    [Fact]
    public void A_live_claim_keeps_another_copy_of_the_same_message_away() =>
        RunStory.GivenFound(Reported.Planned("a")).Under(RunStory.Handle(MessageId.Start, "copy")).WhenClaimed("a").ThenNothingChanged();

    [Fact]
    public void A_claim_that_is_over_is_taken_by_whoever_comes()
    {
        var story = RunStory.GivenFound(Reported.Planned("a"), Reported.Planned("b")).After(RunStory.ClaimLength).Under(s_other).WhenClaimed("a");
        Assert.Equal((s_other.Holder, s_other.Message), (Item(story, "a").Holder, Item(story, "a").Origin));
        Assert.Equal((MessageId.Start, MessageId.Start), (Item(story, "b").Holder, Item(story, "b").Origin));
        Assert.Equal((s_other.Holder, story.Now + RunStory.ClaimLength), (Assert.Single(story.Run.Claims).Key, story.Run.Claims[s_other.Holder]));
    }

    [Fact]
    public void Discovery_is_claimed_like_a_step()
    {
        var story = RunStory.Given().After(RunStory.ClaimLength).Under(s_other).WhenClaimed("discovery").ThenDiscovers(0, dueIn: -RunStory.ClaimLength);
        Assert.Equal(s_other.Holder, story.Run.Discovery!.Holder);
        story.Under(RunStory.Handle(MessageId.Start, "late")).WhenClaimed("discovery").ThenNothingChanged();
    }

    [Fact]
    public void A_sleep_is_claimed_without_being_woken()
    {
        var story = RunStory.GivenFound(Reported.Sleep("nap", "1h"), Reported.WaitForEvent("event", "e")).Under(s_other).WhenClaimed("nap", "event");
        Assert.Equal([s_other.Holder, s_other.Holder], PendingItems.Of(story.Run).Select(item => item.Holder));
        story.ThenSleeps("nap", TimeSpan.FromHours(1)).ThenWaits("event", new Wait.Event("e", null), TimeSpan.FromHours(1));
    }

    [Fact]
    public void What_is_settled_unknown_or_dropped_cannot_be_claimed() =>
        RunStory.GivenFound(Reported.Ran("done"), Reported.Planned("b")).Under(s_other).WhenClaimed("done", "never heard of").ThenNothingChanged();

    [Fact]
    public void A_worker_renews_its_claim_while_a_call_takes_long()
    {
        var story = RunStory.GivenFound(Reported.Planned("a")).After(TimeSpan.FromSeconds(10)).WhenRenewed();
        Assert.Equal(story.Now + RunStory.ClaimLength, story.Run.Claims[MessageId.Start]);
        story.After(TimeSpan.FromSeconds(25)).Under(s_other).WhenClaimed("a").ThenNothingChanged();
    }

    [Fact]
    public void A_worker_whose_claim_was_taken_renews_nothing()
    {
        RunStory.GivenFound(Reported.Planned("a"))
            .After(RunStory.ClaimLength).Under(s_other).WhenClaimed("a")
            .Under(RunStory.Handle(MessageId.Start)).WhenRenewed().ThenNothingChanged();
    }

    [Fact]
    public void A_worker_gives_back_what_it_holds_and_its_claim_ends()
    {
        var story = RunStory.GivenFound(Reported.Planned("a"), Reported.Sleep("nap", "1d"), Reported.Planned("b")).WhenReleased();
        Assert.Equal(["a", "b"], Assert.Single(story.Hints).Items.Select(key => story.Run.Steps[key].Name).Order());
        Assert.Equal(story.Hints[0].Id, Item(story, "a").Holder);
        Assert.Equal(MessageId.Numbered(1), Item(story, "nap").Holder);
        Assert.Empty(story.Run.Claims);
        story.Under(s_other).WhenClaimed("a").Then(run => Assert.True(run.IsClaimed(s_other.Holder, story.Now)));
    }

    [Fact]
    public void A_discovery_is_given_back_too() => RunStory.GivenFound(Reported.Ran("a")).WhenReleased().ThenSends(TimeSpan.Zero, ["discovery"]);

    [Fact]
    public void A_worker_that_holds_nothing_gives_nothing_back() =>
        RunStory.GivenFound(Reported.Planned("a")).Under(s_other).WhenReleased().ThenNothingChanged();

    [Fact]
    public void A_claim_ends_with_the_last_item_that_it_is_about() =>
        RunStory.GivenFound(Reported.Planned("a"), Reported.Sleep("nap", "1d"))
            .Then(run => Assert.Single(run.Claims))
            .WhenRan("a")
            .Then(run => Assert.Empty(run.Claims));

    [Fact]
    public void The_claims_of_two_workers_stand_side_by_side_and_those_that_are_over_are_forgotten()
    {
        var story = RunStory.Given().Under(by => by with { ParallelCalls = 1 })
            .WhenFound(Reported.Planned("a"), Reported.Planned("b"))
            .After(TimeSpan.FromSeconds(20)).Under(s_other).WhenClaimed("b");
        Assert.Equal([MessageId.Start, s_other.Holder], story.Run.Claims.Keys);
        story.After(TimeSpan.FromSeconds(10)).WhenRenewed();
        Assert.Equal([s_other.Holder], story.Run.Claims.Keys);
    }

    [Fact]
    public void The_answer_of_a_call_that_another_has_taken_over_is_not_heard()
    {
        // Seeds All 6762 and Unswept 20779: whoever had taken it over called, though the result had been written meanwhile. Seed Unswept 13855: what followed from it was
        // left to a message that had been deleted.
        var story = RunStory.GivenFound(Reported.Planned("a"));
        var call = story.CallOf("a");
        var other = RunStory.Handle(MessageId.Start, "again");
        story.Under(other).After(RunStory.ClaimLength).WhenClaimed("a");

        story.Under(RunStory.Handle(MessageId.Start)).WhenStepReturned(call, Reported.Ran("a", "1")).ThenNothingChanged();
        story.WhenStepReturned(call, Reported.Error("a", "late")).ThenNothingChanged();
        story.WhenCallFailed(call, "late").ThenNothingChanged();
        story.WhenFunctionReturned(call).ThenNothingChanged();
        story.WhenFunctionFailed(call).ThenNothingChanged();

        story.Under(other).WhenStepReturned(call, Reported.Ran("a", "2")).ThenDone("a", """{"data":2}""").ThenDiscovers(1);
    }

    [Fact]
    public void The_answer_of_a_call_whose_claim_is_over_is_heard_while_nobody_has_taken_it_over() =>
        RunStory.GivenFound(Reported.Planned("a")).After(RunStory.ClaimLength * 2).WhenRan("a", "7").ThenDone("a", """{"data":7}""").ThenDiscovers(1);

    private static PendingItem Item(RunStory story, string step) => PendingItems.Find(story.Run, Reported.Key(step))!;
}
