using System.Globalization;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Runs;

public sealed class SleepTests
{
    [Theory]
    [InlineData("1d2h30m", "1.02:30:00")]
    [InlineData("90s", "00:01:30")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("2w", "14.00:00:00")]
    [InlineData("366d", "366.00:00:00")]
    [InlineData("2026-03-02T12:00:00.000Z", "1.00:00:00")]
    [InlineData("2026-03-01T14:00:00+01:00", "01:00:00")]
    [InlineData("2026-03-02", "12:00:00")]
    public void A_sleep_parks_its_step_until_its_time_and_leaves_it_to_the_queue(string until, string rest)
    {
        var time = TimeSpan.Parse(rest, CultureInfo.InvariantCulture);
        RunStory.GivenFound(Reported.Sleep("nap", until))
            .ThenSleeps("nap", time)
            .ThenDiscoversNothing()
            .ThenSends(time, ["nap"])
            .Then(run => Assert.Empty(run.Claims));
    }

    [Fact]
    public void A_sleep_that_is_over_is_settled_with_a_bare_null_and_the_function_goes_on() =>
        RunStory.GivenFound(Reported.Sleep("nap", "1h"))
            .After(TimeSpan.FromHours(1))
            .Under(RunStory.Handle(MessageId.Numbered(1), "b"))
            .WhenWoke("nap")
            .ThenDone("nap", "null")
            .ThenDiscovers(1)
            .ThenNothingIsSent()
            .Then(run => Assert.Equal(new MessageId("m1.b"), run.Discovery!.Holder));

    [Fact]
    public void A_message_that_comes_too_early_wakes_nobody() =>
        RunStory.GivenFound(Reported.Sleep("nap", "1h")).After(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1)).WhenWoke("nap").ThenNothingChanged();

    [Theory]
    [InlineData("0s")]
    [InlineData("")]
    [InlineData("2020-01-01T00:00:00Z")]
    public void A_sleep_that_is_over_when_it_begins_is_woken_by_the_message_itself(string until) =>
        RunStory.GivenFound(Reported.Sleep("nap", until))
            .ThenNothingIsSent()
            .Then(run => Assert.Equal(MessageId.Start, PendingItems.Find(run, Reported.Key("nap"))!.Holder))
            .WhenWoke("nap")
            .ThenDone("nap", "null")
            .ThenDiscovers(1);

    [Theory]
    [InlineData("300ms", false)]
    [InlineData("1s", false)]
    [InlineData("1001ms", true)]
    public void A_sleep_of_up_to_a_second_is_waited_out_in_process_because_the_queue_knows_whole_seconds_only(string length, bool isSent)
    {
        var story = RunStory.GivenFound(Reported.Sleep("nap", length));
        Assert.Equal(isSent ? 1 : 0, story.Hints.Length);
        Assert.Equal(isSent ? MessageId.Numbered(1) : MessageId.Start, PendingItems.Find(story.Run, Reported.Key("nap"))!.Holder);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5s")]
    [InlineData("5 parsecs")]
    [InlineData("2026-02-30")]
    public void A_text_that_is_no_time_is_an_error_of_the_step_which_names_both(string text) =>
        RunStory.GivenFound(Reported.Sleep("nap", text))
            .ThenFailed("nap", "StepwellBadTime", $"Step 'nap' asks for '{text}'")
            .ThenDiscovers(1);

    [Theory]
    [InlineData("366d1s")]
    [InlineData("53w")]
    [InlineData("2027-03-02T12:00:01Z")]
    public void A_sleep_of_more_than_366_days_is_an_error_of_the_step_which_names_the_limit(string text) =>
        RunStory.GivenFound(Reported.Sleep("nap", text))
            .ThenFailed("nap", "StepwellTooFarAway", "at most 366 days")
            .ThenDiscovers(1);

    [Fact]
    public void A_length_that_no_calendar_holds_is_an_error_of_the_step() =>
        RunStory.GivenFound(Reported.Sleep("nap", "9999999999d")).ThenFailed("nap", "StepwellBadTime", "9999999999d");

    [Fact]
    public void Sleeps_that_end_together_share_one_message() =>
        RunStory.GivenFound(Reported.Sleep("a", "1h"), Reported.Sleep("b", "60m"), Reported.Sleep("c", "2h"))
            .Then(run => Assert.Equal(3, run.NextMessage))
            .WhenCancelled()
            .ThenAbandoned("a", "b", "c");
}
