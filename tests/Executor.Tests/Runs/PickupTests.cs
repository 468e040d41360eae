using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>What a message finds when it looks at its run: work, work for later, or nothing.</summary>
public sealed class PickupTests
{
    [Fact]
    public void The_first_delivery_of_a_start_owns_the_claim_that_was_written_with_the_run()
    {
        var story = RunStory.Given();
        Assert.Equal(["discovery"], Claim(story, Look(story, MessageId.Start, ownsClaim: true, "discovery")));
    }

    [Fact]
    public void Another_copy_that_meets_a_live_claim_comes_back_when_it_is_over()
    {
        var story = RunStory.Given();
        Assert.Equal(new Pickup.Later(RunStory.Start + RunStory.ClaimLength), Look(story, MessageId.Start, ownsClaim: false, "discovery"));
        story.After(RunStory.ClaimLength);
        Assert.Equal(["discovery"], Claim(story, Look(story, MessageId.Start, ownsClaim: false, "discovery")));
    }

    [Fact]
    public void A_start_owns_no_claim_of_a_later_handling_of_itself()
    {
        var story = RunStory.Given().After(RunStory.ClaimLength).Under(RunStory.Handle(MessageId.Start, "copy")).WhenClaimed("discovery");
        Assert.Equal(new Pickup.Later(story.Now + RunStory.ClaimLength), Look(story, MessageId.Start, ownsClaim: true, "discovery"));
    }

    [Fact]
    public void A_message_takes_up_all_that_it_holds_not_only_what_it_names()
    {
        var story = RunStory.Given().Under(by => by with { ClaimLength = TimeSpan.Zero }).WhenFound(Reported.Planned("a"), Reported.Planned("b"));
        Assert.Equal(["a", "b"], Claim(story, Look(story, story.Hints[0].Id, false, "a")));
    }

    [Fact]
    public void A_message_that_nobody_knows_is_a_hint_like_any_other()
    {
        var story = RunStory.Given().Under(by => by with { ClaimLength = TimeSpan.Zero }).WhenFound(Reported.Planned("a"), Reported.Planned("b"));
        Assert.Equal(["b"], Claim(story, Look(story, new MessageId("s42"), false, "b")));
        Assert.IsType<Pickup.Nothing>(Look(story, new MessageId("s42"), false, "never heard of"));
        Assert.IsType<Pickup.Nothing>(Look(story, new MessageId("s42"), false));
    }

    [Fact]
    public void What_says_that_an_item_has_slots_does_not_wait_for_a_timer()
    {
        var story = RunStory.Given().WhenFound(Reported.Sleep("a", "1h"));
        Assert.IsType<Pickup.Nothing>(Look(story, MessageId.Granted, false, "a"));
    }

    [Fact]
    public void A_timer_whose_time_has_come_needs_no_claim()
    {
        var story = RunStory.GivenFound(Reported.Sleep("nap", "1h"), Reported.WaitForEvent("event", "e")).After(TimeSpan.FromHours(1));
        var found = Assert.IsType<Pickup.Work>(Look(story, MessageId.Numbered(1), false, "nap", "event"));
        Assert.Empty(found.Claim);
        Assert.Equal(["event", "nap"], found.Timers.Select(key => story.Run.Steps[key].Name).Order());
    }

    [Fact]
    public void A_message_that_comes_early_comes_back_at_the_earliest_time_of_its_items()
    {
        var story = RunStory.GivenFound(Reported.Sleep("short", "1h"), Reported.Sleep("long", "2h"));
        var (first, second) = (Holder(story, "short"), Holder(story, "long"));
        Assert.Equal(new Pickup.Later(RunStory.Start + TimeSpan.FromHours(1)), Look(story, first, false, "long", "short"));
        Assert.Equal(new Pickup.Later(RunStory.Start + TimeSpan.FromHours(2)), Look(story, second, false, "long"));
    }

    // Each crash would otherwise add a message that comes again and again, until the item is done.
    [Fact]
    public void A_message_that_comes_early_for_what_another_looks_at_is_not_needed()
    {
        var story = RunStory.GivenFound(Reported.Sleep("long", "2h"));
        Assert.IsType<Pickup.Nothing>(Look(story, new MessageId("s42"), false, "long"));
    }

    [Fact]
    public void What_is_due_within_a_second_is_waited_for_in_process()
    {
        var story = RunStory.GivenFound(Reported.Sleep("nap", "1h")).After(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.IsType<Pickup.Work>(Look(story, MessageId.Numbered(1), false, "nap"));
        story.After(-TimeSpan.FromTicks(1));
        Assert.IsType<Pickup.Later>(Look(story, MessageId.Numbered(1), false, "nap"));
    }

    [Fact]
    public void Work_is_taken_up_though_other_items_are_for_later()
    {
        var story = RunStory.Given().Under(by => by with { ParallelCalls = 1 }).WhenFound(Reported.Planned("held"), Reported.Planned("free"), Reported.Sleep("nap", "1h"));
        Assert.Equal(["free"], Claim(story, Look(story, new MessageId("s42"), false, "held", "free", "nap")));
    }

    [Fact]
    public void There_is_nothing_to_do_for_what_is_settled_and_in_a_run_that_has_ended()
    {
        var story = RunStory.GivenFound(Reported.Ran("a"), Reported.Planned("b"));
        Assert.IsType<Pickup.Nothing>(Look(story, MessageId.Numbered(1), false, "a"));
        Assert.IsType<Pickup.Nothing>(Look(story.WhenCancelled(), MessageId.Start, true, "b", "discovery"));
    }

    [Fact]
    public void A_message_about_a_wait_that_is_not_over_looks_once_whether_something_has_come_and_is_then_done()
    {
        var story = RunStory.GivenFound(Reported.WaitForEvent("event", "e"), Reported.Sleep("nap", "1h"));
        var found = Assert.IsType<Pickup.Work>(Look(story, new MessageId("w42"), false, "event"));
        Assert.Equal(RunStory.KeyOf("event"), Assert.Single(found.Looks));
        Assert.Empty(found.Claim.AddRange(found.Timers));
        Assert.IsType<Pickup.Nothing>(LookAgain(story, new MessageId("w42"), "event"));
    }

    [Fact]
    public void The_timer_of_a_wait_that_comes_early_looks_too_and_comes_back_at_its_time()
    {
        var story = RunStory.GivenFound(Reported.WaitForEvent("event", "e"));
        var timer = Assert.Single(story.Hints).Id;
        Assert.Equal(RunStory.KeyOf("event"), Assert.Single(Assert.IsType<Pickup.Work>(Look(story, timer, false, "event")).Looks));
        Assert.Equal(new Pickup.Later(RunStory.Start + TimeSpan.FromHours(1)), LookAgain(story, timer, "event"));
    }

    [Fact]
    public void The_message_under_which_a_wait_was_parked_looks_at_it_though_it_does_not_name_it()
    {
        var story = RunStory.GivenFound(Reported.WaitForEvent("event", "e"), Reported.Sleep("nap", "1h"));
        Assert.Equal(RunStory.KeyOf("event"), Assert.Single(Assert.IsType<Pickup.Work>(Look(story, MessageId.Start, false, "discovery")).Looks));
        Assert.IsType<Pickup.Nothing>(LookAgain(story, MessageId.Start, "event"));
    }

    private static MessageId Holder(RunStory story, string step) => PendingItems.Find(story.Run, Reported.Key(step))!.Holder.Message;

    private static Pickup Look(RunStory story, MessageId message, bool ownsClaim, params string[] items) =>
        Pickup.Of(story.Run, message, [.. items.Select(RunStory.KeyOf)], ownsClaim, story.Now, TimeSpan.FromSeconds(1), new HashSet<StepKey>());

    private static Pickup LookAgain(RunStory story, MessageId message, string looked) =>
        Pickup.Of(story.Run, message, [RunStory.KeyOf(looked)], false, story.Now, TimeSpan.FromSeconds(1), new HashSet<StepKey> { RunStory.KeyOf(looked) });

    private static IEnumerable<string> Claim(RunStory story, Pickup pickup)
    {
        var found = Assert.IsType<Pickup.Work>(pickup);
        Assert.Empty(found.Timers);
        return found.Claim.Select(key => key.IsDiscovery ? "discovery" : story.Run.Steps[key].Name).Order();
    }
}
