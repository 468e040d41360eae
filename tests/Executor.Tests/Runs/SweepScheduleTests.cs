using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>When the sweep looks at a run, and that it costs a step nothing (design §4, rule 5).</summary>
public sealed class SweepScheduleTests
{
    [Fact]
    public void A_new_run_is_looked_at_after_a_minute() => Assert.Equal(RunStory.Start + TimeSpan.FromMinutes(1), RunStory.Given().Run.CheckAt);

    [Fact]
    public void The_steps_of_a_run_that_goes_on_do_not_move_its_look()
    {
        var story = RunStory.Given();
        var look = story.Run.CheckAt;
        for (var i = 0; i < 100; i++)
            story.After(TimeSpan.FromSeconds(20)).WhenFound(Reported.Ran($"s{i}"));

        Assert.Equal(look, story.Run.CheckAt);
    }

    [Theory]
    [InlineData("1s")]
    [InlineData("60s")]
    public void A_rest_of_up_to_the_interval_of_the_sweep_does_not_move_its_look(string rest) =>
        RunStory.GivenFound(Reported.Sleep("nap", rest)).Then(run => Assert.Equal(RunStory.Start + Sweeping.Interval, run.CheckAt));

    [Theory]
    [InlineData("61s", 61)]
    [InlineData("1h", 3_600)]
    [InlineData("300d", 25_920_000)]
    public void A_longer_rest_moves_it_behind_its_end(string rest, int seconds)
    {
        RunStory.GivenFound(Reported.Sleep("nap", rest)).Then(run => Assert.Equal(RunStory.Start + TimeSpan.FromSeconds(seconds) + Sweeping.Grace, run.CheckAt));
        RunStory.GivenFound(Reported.WaitForEvent("wait", "e", rest)).Then(run => Assert.Equal(RunStory.Start + TimeSpan.FromSeconds(seconds) + Sweeping.Grace, run.CheckAt));
    }

    [Fact]
    public void The_earliest_end_counts() =>
        RunStory.GivenFound(Reported.Sleep("long", "2d"), Reported.Sleep("short", "1h"))
            .Then(run => Assert.Equal(RunStory.Start + TimeSpan.FromHours(1) + Sweeping.Grace, run.CheckAt));

    [Fact]
    public void A_long_retry_is_a_rest_too()
    {
        var story = RunStory.Given();
        story.WhenCallFailed(story.DiscoveryCall, advice: new RetryAdvice(RetryAfter: TimeSpan.FromHours(3)));
        Assert.Equal(RunStory.Start + TimeSpan.FromHours(3) + Sweeping.Grace, story.Run.CheckAt);
    }

    [Fact]
    public void A_run_that_wakes_in_time_keeps_its_look()
    {
        var story = RunStory.GivenFound(Reported.Sleep("nap", "1h"));
        var look = story.Run.CheckAt;
        story.After(TimeSpan.FromHours(1)).WhenWoke("nap").Then(run => Assert.Equal(look, run.CheckAt));
    }

    [Fact]
    public void A_run_that_is_woken_long_before_its_time_is_looked_at_soon_again()
    {
        var story = RunStory.GivenFound(Reported.WaitForEvent("paid", "shop/paid", "300d")).After(TimeSpan.FromHours(1)).WhenMatched("paid", "{}");
        Assert.Equal(story.Now + Sweeping.Interval, story.Run.CheckAt);
    }

    [Fact]
    public void After_a_look_the_next_one_follows_an_interval_later_or_after_the_rest()
    {
        var story = RunStory.GivenFound(Reported.Planned("a")).After(TimeSpan.FromHours(1));
        Assert.Equal(story.Now + Sweeping.Interval, Sweeping.Next(story.Run, story.Now));
        story = RunStory.GivenFound(Reported.Sleep("nap", "1h"));
        Assert.Equal(story.Now + TimeSpan.FromHours(1) + Sweeping.Grace, Sweeping.Next(story.Run, story.Now));
        // What is due and not yet overdue is looked at when it is.
        story.After(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(10));
        Assert.Equal(story.Now + TimeSpan.FromSeconds(20), Sweeping.Next(story.Run, story.Now));
    }

    [Fact]
    public void Every_live_run_is_looked_at_within_two_minutes_of_what_is_due_next()
    {
        string[] rests = ["0s", "500ms", "30s", "60s", "61s", "90s", "10m", "8d"];
        foreach (var first in rests)
        {
            foreach (var second in rests)
            {
                var story = RunStory.GivenFound(Reported.Sleep("a", first), Reported.Sleep("b", second));
                for (var due = Due(story); due is { } next; due = Due(story))
                {
                    Assert.True(story.Run.CheckAt <= next + TimeSpan.FromMinutes(2), $"{first}, {second}: due {next:O}, looked at {story.Run.CheckAt:O}");
                    story.After(next - story.Now).WhenWoke(story.Run.Steps.Values.First(step => step.State is StepState.Sleeping sleeping && sleeping.Until == next).Name);
                }
            }
        }

        static DateTimeOffset? Due(RunStory story) =>
            story.Run.Steps.Values.Select(step => (step.State as StepState.Sleeping)?.Until).Where(until => until is not null).Min();
    }
}
