using System.Globalization;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Runs;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, "00:00:15")]
    [InlineData(1, "00:00:30")]
    [InlineData(2, "00:01:00")]
    [InlineData(3, "00:02:00")]
    [InlineData(4, "00:05:00")]
    [InlineData(5, "00:10:00")]
    [InlineData(6, "00:20:00")]
    [InlineData(7, "00:40:00")]
    [InlineData(8, "01:00:00")]
    [InlineData(9, "02:00:00")]
    [InlineData(10, "02:00:00")]
    [InlineData(20, "02:00:00")]
    public void Each_failed_attempt_waits_longer_and_the_last_entry_repeats(int failedAttempt, string delay) =>
        Assert.Equal(Time(delay), Backoff.Delay(failedAttempt, RetryAdvice.Silent, Handling.Outside));

    [Theory]
    [InlineData(0, 15)]
    [InlineData(0.5, 30)]
    [InlineData(1, 45)]
    public void Up_to_thirty_seconds_of_jitter_are_added(double jitter, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Delay(0, RetryAdvice.Silent, Handling.Outside with { Jitter = jitter }));

    [Theory]
    [InlineData("-01:00:00", "00:00:01")]
    [InlineData("00:00:00", "00:00:01")]
    [InlineData("00:00:01", "00:00:01")]
    [InlineData("00:07:00", "00:07:00")]
    [InlineData("1.00:00:00", "1.00:00:00")]
    [InlineData("3.00:00:00", "1.00:00:00")]
    public void A_wished_for_time_replaces_the_table_and_is_held_between_a_second_and_a_day(string wish, string delay) =>
        Assert.Equal(Time(delay), Backoff.Delay(3, new RetryAdvice(RetryAfter: Time(wish)), Handling.Outside with { Jitter = 1 }));

    [Fact]
    public void The_development_interval_replaces_the_table_but_not_a_wish()
    {
        var development = Handling.Outside with { Jitter = 1, RetryInterval = TimeSpan.FromSeconds(2) };
        Assert.Equal(TimeSpan.FromSeconds(2), Backoff.Delay(9, RetryAdvice.Silent, development));
        Assert.Equal(TimeSpan.FromSeconds(40), Backoff.Delay(9, new RetryAdvice(RetryAfter: TimeSpan.FromSeconds(40)), development));
    }

    [Fact]
    public void A_wish_holds_for_one_retry_only()
    {
        var story = RunStory.GivenFound(Reported.Planned("a"));
        story.WhenStepReturned(story.CallOf("a"), Reported.Error("a"), new RetryAdvice(RetryAfter: TimeSpan.FromSeconds(7)))
            .ThenPlanned("a", 1, TimeSpan.FromSeconds(7))
            .After(TimeSpan.FromSeconds(7));
        story.WhenStepReturned("a", Reported.Error("a")).ThenPlanned("a", 2, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Steps_and_functions_heed_a_wish_alike()
    {
        var wish = new RetryAdvice(RetryAfter: TimeSpan.FromMinutes(3));
        var story = RunStory.GivenFound(Reported.Planned("a"));
        story.WhenCallFailed(story.CallOf("a"), advice: wish).ThenPlanned("a", 1, TimeSpan.FromMinutes(3));

        story = RunStory.Given();
        story.WhenFound(story.DiscoveryCall, wish, Reported.Error("a")).ThenDiscovers(0, 1, TimeSpan.FromMinutes(3));

        story = RunStory.Given();
        story.WhenCallFailed(story.DiscoveryCall, advice: wish).ThenDiscovers(0, 1, TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void Jitter_and_development_interval_come_in_with_the_message()
    {
        var story = RunStory.Given().Under(by => by with { Jitter = 0.5 });
        story.WhenCallFailed(story.DiscoveryCall).ThenDiscovers(0, 1, TimeSpan.FromSeconds(30));
        story.Under(by => by with { RetryInterval = TimeSpan.FromSeconds(2) }).After(TimeSpan.FromSeconds(30));
        story.WhenCallFailed(story.DiscoveryCall).ThenDiscovers(0, 2, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_retry_within_a_second_is_waited_out_by_the_same_message()
    {
        var story = RunStory.Given();
        story.WhenCallFailed(story.DiscoveryCall, advice: new RetryAdvice(RetryAfter: TimeSpan.Zero))
            .ThenDiscovers(0, 1, TimeSpan.FromSeconds(1))
            .ThenNothingIsSent()
            .Then(run => Assert.Equal(MessageId.Start, run.Discovery!.Holder));
    }

    [Fact]
    public void Twenty_retries_are_twenty_one_attempts()
    {
        var story = RunStory.Given(maxAttempts: 21);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            Assert.True(story.Run.IsLive);
            story.WhenCallFailed(story.DiscoveryCall).After(TimeSpan.FromHours(3));
        }

        Assert.Equal(20, story.DiscoveryCall.Attempt);
        story.WhenCallFailed(story.DiscoveryCall, "for the last time").ThenRunFailed("Error", "for the last time");
    }

    private static TimeSpan Time(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
