using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>The ops of a discovery that report steps: run, legacy, planned, failed.</summary>
public sealed class FoundStepTests
{
    [Fact]
    public void A_step_that_was_run_is_settled_and_the_function_is_called_again_by_the_same_message() =>
        RunStory.GivenFound(Reported.Ran("a", """{"n":1}"""))
            .ThenDone("a", """{"data":{"n":1}}""")
            .ThenDiscovers(1)
            .ThenNothingIsSent()
            .Then(run => Assert.Equal(MessageId.Start, run.Discovery!.Holder))
            .Then(run => Assert.Equal(RunStory.Start + RunStory.ClaimLength, run.Claims[MessageId.Start]));

    [Fact]
    public void A_step_without_data_is_settled_with_null() => RunStory.GivenFound(Reported.Ran("a", "null")).ThenDone("a", """{"data":null}""");

    [Theory]
    [InlineData("""{"data":7}""")]
    [InlineData("7")]
    public void The_data_of_a_legacy_step_is_its_memo_as_it_stands(string data) =>
        RunStory.GivenFound(Reported.LegacyRan("a", data)).ThenDone("a", data).ThenDiscovers(1);

    [Fact]
    public void A_planned_step_is_called_by_the_message_that_found_it() =>
        RunStory.GivenFound(Reported.Planned("a"))
            .ThenPlanned("a", attempt: 0, dueIn: TimeSpan.Zero)
            .ThenDiscoversNothing()
            .ThenNothingIsSent()
            .Then(run => Assert.Equal(MessageId.Start, PendingItems.Find(run, Reported.Key("a"))!.Holder))
            .WhenRan("a", "2")
            .ThenDone("a", """{"data":2}""")
            .ThenDiscovers(1);

    [Fact]
    public void A_step_that_failed_for_good_is_settled_with_its_error_so_that_the_function_can_catch_it() =>
        RunStory.GivenFound(Reported.Failed("a", "no stock"))
            .ThenFailed("a", "Error", "no stock")
            .ThenDiscovers(1)
            .WhenFunctionReturned(new CallKey(Protocol.Ids.StepKey.Discovery, 1, 0, 1), "\"caught\"")
            .ThenCompleted("\"caught\"");

    [Fact]
    public void A_step_that_failed_is_tried_again_within_the_same_discovery()
    {
        var story = RunStory.GivenFound(Reported.Error("a", "busy"))
            .ThenUnknown("a")
            .ThenDiscovers(0, attempt: 1, dueIn: TimeSpan.FromSeconds(15))
            .ThenSends(TimeSpan.FromSeconds(15), ["discovery"]);
        Assert.Equal((Reported.Key("a"), "a"), (story.Run.Discovery!.Retrying!.Key, story.Run.Discovery.Retrying.Name));
        Assert.Equal(Reported.FailureOf("busy"), Assert.Single(story.Run.Discovery.Retrying.Attempts).Error);

        story.After(TimeSpan.FromSeconds(15)).WhenFound(Reported.Ran("a")).ThenDone("a", """{"data":1}""").ThenDiscovers(1);
        Assert.Equal([(0, true), (1, false)], story.Step("a").Attempts.Select(attempt => (attempt.Attempt, attempt.Error is not null)));
    }

    [Fact]
    public void A_step_that_fails_in_its_last_attempt_is_settled_with_its_error() =>
        RunStory.Given(maxAttempts: 2)
            .WhenFound(Reported.Error("a", "first"))
            .After(TimeSpan.FromSeconds(15))
            .WhenFound(Reported.Error("a", "second"))
            .ThenFailed("a", "Error", "second")
            .ThenDiscovers(1);

    [Fact]
    public void A_step_that_failed_with_the_wish_for_no_retry_is_settled_with_its_error()
    {
        var story = RunStory.Given();
        story.WhenFound(story.DiscoveryCall, new RetryAdvice(NoRetry: true), Reported.Error("a", "no")).ThenFailed("a", "Error", "no").ThenDiscovers(1);
    }

    [Fact]
    public void A_step_that_failed_for_good_needs_no_wish_for_no_retry()
    {
        var story = RunStory.Given();
        story.WhenFound(story.DiscoveryCall, new RetryAdvice(NoRetry: false), Reported.Failed("a", "no")).ThenFailed("a", "Error", "no").ThenDiscovers(1);
    }

    [Fact]
    public void What_is_found_beside_a_step_that_is_tried_again_is_kept() =>
        RunStory.GivenFound(Reported.Ran("a"), Reported.Error("b"), Reported.Planned("c"))
            .ThenDone("a", """{"data":1}""")
            .ThenUnknown("b")
            .ThenPlanned("c", 0, TimeSpan.Zero)
            .ThenDiscovers(0, attempt: 1, dueIn: TimeSpan.FromSeconds(15));

    [Fact]
    public void Steps_are_numbered_in_the_order_of_their_discovery_and_keep_what_they_are_called()
    {
        var story = RunStory.GivenFound(Reported.Ran("a"), Reported.Planned("b") with { DisplayName = "Mail to Ann" }, Reported.Sleep("c", "1h"));
        Assert.Equal([("a", 0, "StepRun"), ("Mail to Ann", 1, "StepPlanned"), ("c", 2, "Sleep")], story.Run.Steps.Values.OrderBy(step => step.Index).Select(step => (step.Name, step.Index, step.Op)));
    }

    [Fact]
    public void A_step_that_is_known_is_ignored_when_it_is_reported_again() =>
        RunStory.Given().Speaking(1)
            .WhenFound(Reported.Ran("a"), Reported.Planned("b"))
            .WhenFound(Reported.Ran("a", "\"other\""), Reported.Sleep("b", "1h"), Reported.Planned("c"))
            .ThenDone("a", """{"data":1}""")
            .ThenPlanned("b", 0, TimeSpan.Zero)
            .ThenPlanned("c", 0, TimeSpan.Zero)
            .Then(run => Assert.Equal(3, run.Steps.Count));

    [Fact]
    public void A_step_that_is_reported_twice_in_one_answer_is_one_step() =>
        RunStory.GivenFound(Reported.Ran("a", "1"), Reported.Ran("a", "2")).ThenDone("a", """{"data":1}""").Then(run => Assert.Single(run.Stack));

    [Fact]
    public void The_first_answer_starts_the_run()
    {
        var story = RunStory.Given();
        Assert.Equal((RunStatus.Scheduled, null), (story.Run.Status, story.Run.StartedAt));
        story.After(TimeSpan.FromSeconds(5)).WhenFound(Reported.Ran("a"));
        Assert.Equal((RunStatus.Running, story.Now), (story.Run.Status, story.Run.StartedAt));
        story.After(TimeSpan.FromSeconds(5)).WhenFound(Reported.Planned("b"));
        Assert.Equal(RunStory.Start + TimeSpan.FromSeconds(5), story.Run.StartedAt);
    }
}
