using System.Collections.Immutable;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>Hints that may never have been sent are sent again, by the message under which they came to be, or by the sweep (design §4, rules 4 and 5).</summary>
public sealed class ResendingTests
{
    [Fact]
    public void What_came_to_be_under_a_message_is_sent_again_exactly_as_it_was()
    {
        var story = RunStory.GivenFound(Reported.Sleep("a", "1h"), Reported.Sleep("b", "1h"), Reported.Sleep("c", "2h"));
        var sent = story.Hints;
        Assert.Equal(2, sent.Length);
        Assert.Equal(Shown(sent), Shown(Resending.CarriedBy(story.Run, MessageId.Start, story.Now)));
    }

    [Fact]
    public void What_came_to_be_straight_on_under_the_same_message_is_sent_again_too()
    {
        var story = RunStory.GivenFound(Reported.Ran("a")).WhenFound(Reported.Ran("b")).WhenFound(Reported.Sleep("nap", "1h"));
        Assert.Equal(Shown(story.Hints), Shown(Resending.CarriedBy(story.Run, MessageId.Start, story.Now)));
    }

    [Fact]
    public void What_a_message_holds_itself_needs_no_other_message() =>
        Assert.Empty(Resending.CarriedBy(RunStory.GivenFound(Reported.Planned("a")).Run, MessageId.Start, RunStory.Start));

    [Fact]
    public void What_is_settled_is_not_sent_again()
    {
        var story = RunStory.GivenFound(Reported.Sleep("a", "1h"), Reported.Sleep("b", "2h")).After(TimeSpan.FromHours(1)).WhenWoke("a");
        Assert.Equal([[Reported.Key("b")]], Resending.CarriedBy(story.Run, MessageId.Start, story.Now).Select(hint => hint.Items.ToArray()));
    }

    [Fact]
    public void What_somebody_works_on_is_not_sent_again_and_carries_the_id_of_that_message_from_then_on()
    {
        var story = RunStory.Given().Under(by => by with { ParallelCalls = 1 }).WhenFound(Reported.Planned("a"), Reported.Planned("b"));
        Assert.Single(Resending.CarriedBy(story.Run, MessageId.Start, story.Now));
        story.Under(RunStory.Handle(MessageId.Numbered(1), "x")).WhenClaimed("b");
        Assert.Empty(Resending.CarriedBy(story.Run, MessageId.Start, story.Now));
        story.After(RunStory.ClaimLength);
        Assert.Empty(Resending.CarriedBy(story.Run, MessageId.Start, story.Now));
        Assert.Equal(MessageId.Numbered(1), PendingItems.Find(story.Run, Reported.Key("b"))!.Origin);
    }

    [Fact]
    public void A_retry_and_what_was_given_back_carry_the_message_under_which_they_came_to_be()
    {
        var story = RunStory.GivenFound(Reported.Planned("a"), Reported.Planned("b")).After(RunStory.ClaimLength)
            .Under(RunStory.Handle(MessageId.Numbered(9), "x")).WhenClaimed("a", "b").WhenStepReturned("a", Reported.Error("a"));
        Assert.Equal(Shown(story.Hints), Shown(Resending.CarriedBy(story.Run, MessageId.Numbered(9), story.Now)));
        story.WhenReleased();
        Assert.Contains(Shown(story.Hints).Single(), Shown(Resending.CarriedBy(story.Run, MessageId.Numbered(9), story.Now)));
    }

    [Fact]
    public void A_message_that_nobody_knows_carries_nothing() =>
        Assert.Empty(Resending.CarriedBy(RunStory.GivenFound(Reported.Sleep("a", "1h")).Run, new MessageId("m77"), RunStory.Start));

    [Fact]
    public void A_run_that_has_ended_has_nothing_to_send()
    {
        var story = RunStory.GivenFound(Reported.Sleep("a", "1h")).WhenCancelled().After(TimeSpan.FromDays(1));
        Assert.Empty(Resending.CarriedBy(story.Run, MessageId.Start, story.Now));
        Assert.Empty(Resending.Overdue(story.Run, story.Now));
    }

    [Fact]
    public void The_sweep_finds_what_is_half_a_minute_overdue()
    {
        var story = RunStory.GivenFound(Reported.Sleep("a", "1h"), Reported.Sleep("b", "2h")).After(TimeSpan.FromHours(1) + Sweeping.Grace - TimeSpan.FromTicks(1));
        Assert.Empty(Resending.Overdue(story.Run, story.Now));
        story.After(TimeSpan.FromTicks(1));
        var hint = Assert.Single(Resending.Overdue(story.Run, story.Now));
        Assert.Equal((Reported.Key("a"), RunStory.Start + TimeSpan.FromHours(1)), (Assert.Single(hint.Items), hint.Due));
    }

    [Fact]
    public void The_sweep_leaves_alone_what_somebody_works_on()
    {
        var story = RunStory.GivenFound(Reported.Planned("a")).After(TimeSpan.FromSeconds(20)).WhenRenewed().After(TimeSpan.FromSeconds(29));
        Assert.Empty(Resending.Overdue(story.Run, story.Now));
        story.After(TimeSpan.FromSeconds(1));
        Assert.Equal(Reported.Key("a"), Assert.Single(Assert.Single(Resending.Overdue(story.Run, story.Now)).Items));
    }

    [Fact]
    public void The_sweep_sends_many_items_in_messages_of_at_most_32()
    {
        var story = RunStory.GivenFound([.. Enumerable.Range(0, 100).Select(i => Reported.Planned($"s{i}"))]).After(TimeSpan.FromMinutes(5));
        Assert.Equal([32, 32, 32, 4], Resending.Overdue(story.Run, story.Now).Select(hint => hint.Items.Length));
        Assert.Equal(100, Resending.Overdue(story.Run, story.Now).SelectMany(hint => hint.Items).Distinct().Count());
    }

    private static List<string> Shown(ImmutableArray<Hint> hints) =>
        [.. hints.Select(hint => $"{hint.Id} {string.Join(' ', hint.Items.Order())} {hint.Due:O}").Order(StringComparer.Ordinal)];
}
