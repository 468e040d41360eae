using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>One discovery at a time (design §3, rule 2).</summary>
public sealed class DiscoveryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Steps_that_settle_while_a_discovery_is_open_open_no_other(int version)
    {
        var story = Parallel(version, 5).WhenRan("s0").ThenDiscovers(1);
        for (var i = 1; i < 5; i++)
            story.WhenRan($"s{i}").ThenDiscovers(1).ThenNothingIsSent();

        Assert.Equal(2, story.Run.Discoveries);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_discovery_is_opened_once_more_when_more_steps_have_settled_than_it_saw(int version)
    {
        var story = Parallel(version, 5).WhenRan("s0");
        var call = story.DiscoveryCall;
        for (var i = 1; i < 5; i++)
            story.WhenRan($"s{i}");

        story.WhenFound(call).ThenDiscovers(2).WhenFound(Reported.Ran("after")).ThenDiscovers(3);
    }

    [Fact]
    public void A_discovery_that_saw_all_settled_steps_is_not_opened_once_more() =>
        Parallel(version: 1, 3).WhenRan("s0").WhenFound().ThenDiscoversNothing().ThenNothingIsSent();

    [Fact]
    public void In_version_2_a_plain_step_that_settled_unseen_waits_for_its_group()
    {
        var story = RunStory.GivenFound(Reported.Planned("race", race: true), Reported.Planned("a"), Reported.Planned("b")).WhenRan("race");
        var call = story.DiscoveryCall;
        story.WhenRan("a").WhenFound(call).ThenDiscoversNothing().WhenRan("b").ThenDiscovers(2);
    }

    [Fact]
    public void A_hundred_parallel_steps_do_not_cause_a_hundred_discoveries()
    {
        var story = Parallel(version: 1, 100).WhenRan("s0");
        var call = story.DiscoveryCall;
        for (var i = 1; i < 100; i++)
            story.WhenRan($"s{i}");

        story.WhenFound(call).ThenDiscovers(2).WhenFunctionReturned(story.DiscoveryCall).ThenCompleted();
        Assert.Equal(3, story.Run.Discoveries);
    }

    [Fact]
    public void A_discovery_that_fails_sees_at_its_next_attempt_what_has_settled_meanwhile()
    {
        var story = Parallel(version: 1, 2).WhenRan("s0");
        var call = story.DiscoveryCall;
        story.WhenRan("s1").WhenCallFailed(call).ThenDiscovers(1, attempt: 1, TimeSpan.FromSeconds(15));
        Assert.Equal(2, story.DiscoveryCall.Seen);
        story.After(TimeSpan.FromSeconds(15)).WhenFunctionReturned(story.DiscoveryCall).ThenCompleted();
    }

    [Fact]
    public void A_function_that_returns_though_it_did_not_see_all_settled_steps_is_complete()
    {
        var story = Parallel(version: 1, 2).WhenRan("s0");
        var call = story.DiscoveryCall;
        story.WhenRan("s1").WhenFunctionReturned(call).ThenCompleted();
    }

    [Fact]
    public void More_calls_than_a_message_makes_at_a_time_go_to_the_queue_several_in_one_message()
    {
        var names = Enumerable.Range(0, 100).Select(i => $"s{i}").ToArray();
        var story = RunStory.Given().Under(by => by with { ParallelCalls = 32 }).WhenFound([.. names.Select(name => Reported.Planned(name))]);
        Assert.Equal(32, PendingItems.Of(story.Run).Count(item => item.Holder == MessageId.Start));
        story.ThenSends(TimeSpan.Zero, names[32..64], names[64..96], names[96..]);
        Assert.Equal(["m1", "m2", "m3"], story.Hints.Select(hint => hint.Id.Value));
    }

    [Fact]
    public void Steps_that_a_discovery_reports_ran_when_the_app_says_they_did() =>
        // The call may have run others before, each for a time of its own.
        RunStory.GivenFound(Reported.Ran("a") with { Timing = new OpTiming(1_795_491_803_494_000_000, 5_000_000) }).Then(run =>
        {
            var attempt = Assert.Single(run.Steps[StepKey.Hash("a")].Attempts);
            Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_795_491_803_494), attempt.StartedAt);
            Assert.Equal(TimeSpan.FromMilliseconds(5), attempt.EndedAt - attempt.StartedAt);
        });

    [Fact]
    public void A_hand_that_has_become_free_takes_the_next_call()
    {
        var story = RunStory.Given().Under(by => by with { ParallelCalls = 2 }).Speaking(1);
        story.WhenFound(Reported.Planned("a"), Reported.Planned("b"), Reported.Planned("c")).ThenSends(TimeSpan.Zero, ["c"]);
        story.WhenRan("a").ThenDiscovers(1).ThenNothingIsSent().Then(run => Assert.Equal(MessageId.Start, run.Discovery!.Holder));
    }

    [Fact]
    public void A_message_that_does_not_go_on_leaves_everything_to_the_queue() =>
        RunStory.Given().Under(by => by with { ClaimLength = TimeSpan.Zero })
            .WhenFound(Reported.Planned("a"), Reported.Planned("b"))
            .ThenSends(TimeSpan.Zero, ["a", "b"])
            .Then(run => Assert.Empty(run.Claims));

    private static RunStory Parallel(int version, int count) =>
        RunStory.Given().Speaking(version).WhenFound([.. Enumerable.Range(0, count).Select(i => Reported.Planned($"s{i}", race: version == 2))]);
}
