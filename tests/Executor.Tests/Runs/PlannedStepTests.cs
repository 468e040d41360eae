using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>What the call of a planned step may be answered with, and its attempts.</summary>
public sealed class PlannedStepTests
{
    private static readonly TimeSpan s_firstBackoff = TimeSpan.FromSeconds(15);

    [Fact]
    public void A_result_settles_the_step()
    {
        var story = Planned().WhenRan("a", "7").ThenDone("a", """{"data":7}""").ThenDiscovers(1);
        Assert.Equal(("StepRun", new AttemptRecord(0, story.Now, story.Now)), (story.Step("a").Op, Assert.Single(story.Step("a").Attempts)));
        Planned().WhenStepReturned("a", Reported.LegacyRan("a", "7")).ThenDone("a", "7").ThenDiscovers(1);
    }

    [Fact]
    public void An_error_has_the_step_called_again_after_the_backoff() =>
        Planned().WhenStepReturned("a", Reported.Error("a", "busy"))
            .ThenPlanned("a", attempt: 1, dueIn: s_firstBackoff)
            .ThenSends(s_firstBackoff, ["a"])
            .ThenDiscoversNothing()
            .Then(run => Assert.Equal(Reported.FailureOf("busy"), Assert.Single(run.Steps[Reported.Key("a")].Attempts).Error));

    [Fact]
    public void The_last_error_settles_the_step()
    {
        var story = Planned(maxAttempts: 3);
        foreach (var message in new[] { "first", "second" })
            story.WhenStepReturned("a", Reported.Error("a", message)).After(TimeSpan.FromHours(1));

        story.WhenStepReturned("a", Reported.Error("a", "third")).ThenFailed("a", "Error", "third").ThenDiscovers(1);
        Assert.Equal([0, 1, 2], story.Step("a").Attempts.Select(attempt => attempt.Attempt));
    }

    [Fact]
    public void An_error_with_the_wish_for_no_retry_settles_the_step()
    {
        var story = Planned();
        story.WhenStepReturned(story.CallOf("a"), Reported.Error("a", "no"), new RetryAdvice(NoRetry: true)).ThenFailed("a", "Error", "no").ThenDiscovers(1);
    }

    [Fact]
    public void A_final_failure_settles_the_step_in_any_attempt() =>
        Planned().WhenStepReturned("a", Reported.Failed("a", "never")).ThenFailed("a", "Error", "never").ThenDiscovers(1);

    [Fact]
    public void A_function_without_retries_has_one_attempt_of_each_step() =>
        Planned(maxAttempts: 1).WhenStepReturned("a", Reported.Error("a", "only")).ThenFailed("a", "Error", "only").ThenDiscovers(1);

    [Fact]
    public void A_call_that_breaks_is_made_again()
    {
        var story = Planned();
        story.WhenCallFailed(story.CallOf("a"), "refused").ThenPlanned("a", 1, s_firstBackoff).ThenSends(s_firstBackoff, ["a"]);
        Assert.Equal(Reported.FailureOf("refused"), Assert.Single(story.Step("a").Attempts).Error);
    }

    [Fact]
    public void A_step_whose_calls_break_to_the_last_try_is_an_error_which_the_function_may_catch()
    {
        var story = Planned(maxAttempts: 2);
        story.WhenCallFailed(story.CallOf("a"), "refused").After(s_firstBackoff).Claiming("a");
        story.WhenCallFailed(story.CallOf("a"), "timed out").ThenFailed("a", "Error", "timed out").ThenDiscovers(1);
        story.WhenFunctionReturned(story.DiscoveryCall, "\"caught\"").ThenCompleted("\"caught\"");
    }

    [Fact]
    public void Each_step_and_each_discovery_has_attempts_of_its_own()
    {
        var story = RunStory.Given(maxAttempts: 2);
        story.WhenCallFailed(story.DiscoveryCall).After(s_firstBackoff).WhenFound(Reported.Planned("a"), Reported.Planned("b"));
        story.WhenStepReturned("a", Reported.Error("a")).ThenPlanned("a", 1, s_firstBackoff).ThenPlanned("b", 0, TimeSpan.Zero);
        story.WhenStepReturned("b", Reported.Error("b")).ThenPlanned("b", 1, s_firstBackoff).After(s_firstBackoff);
        story.WhenRan("a").WhenRan("b").ThenDiscovers(1, attempt: 0);
        story.WhenCallFailed(story.DiscoveryCall).ThenDiscovers(1, attempt: 1, dueIn: s_firstBackoff);
    }

    [Theory]
    [InlineData("90m")]
    [InlineData("2026-03-01T13:30:00Z")]
    public void Code_may_change_while_a_run_lives_so_a_planned_step_may_turn_into_a_sleep(string until)
    {
        var story = Planned().WhenStepReturned("a", Reported.Sleep("a", until)).ThenSleeps("a", TimeSpan.FromMinutes(90)).ThenSends(TimeSpan.FromMinutes(90), ["a"]).ThenDiscoversNothing();
        Assert.Equal("Sleep", story.Step("a").Op);
        story.After(TimeSpan.FromMinutes(90)).WhenWoke("a").ThenDone("a", "null").ThenDiscovers(1);
    }

    [Fact]
    public void A_planned_step_may_turn_into_a_wait()
    {
        var hour = TimeSpan.FromHours(1);
        Planned().WhenStepReturned("a", Reported.WaitForEvent("a", "e")).ThenWaits("a", new Wait.Event("e", null), hour);
        Planned().WhenStepReturned("a", Reported.WaitForSignal("a", "s")).ThenWaits("a", new Wait.Signal("s", false), hour);
        Planned().WhenStepReturned("a", Reported.Invoke("a", "shop-c", "1h")).ThenWaits("a", new Wait.Child(FunctionId.Parse("shop-c")), hour);
    }

    [Fact]
    public void A_planned_step_that_turns_into_a_sleep_with_a_bad_time_is_an_error() =>
        Planned().WhenStepReturned("a", Reported.Sleep("a", "soon")).ThenFailed("a", "StepwellBadTime", "'soon'").ThenDiscovers(1);

    public static TheoryData<string> Unfit => ["StepPlanned", "StepNotFound", "Teleport", "RunComplete", "SyncRunComplete", "DiscoveryRequest", "DeferAdd", "DeferAbort", "None"];

    [Theory]
    [MemberData(nameof(Unfit))]
    public void An_op_that_settles_no_step_is_a_failed_attempt_that_names_the_op(string code)
    {
        Protocol.Ops.Op op = code switch
        {
            "StepPlanned" => Reported.Planned("a"),
            "StepNotFound" => Reported.NotFound("a"),
            "RunComplete" => Reported.Complete(),
            "SyncRunComplete" => Reported.SyncComplete(),
            "DiscoveryRequest" => Reported.DiscoveryRequest(),
            "DeferAdd" => Reported.DeferAdd(),
            "DeferAbort" => Reported.DeferAbort(),
            "None" => Reported.None(),
            _ => Reported.Unknown("a", code),
        };
        Planned().WhenStepReturned("a", op).ThenPlanned("a", 1, s_firstBackoff).ThenDiscoversNothing();
        Planned(maxAttempts: 1).WhenStepReturned("a", op).ThenFailed("a", code == "Teleport" ? "StepwellUnknownOp" : "StepwellUnexpectedOp", $"'{code}'").ThenDiscovers(1);
    }

    [Fact]
    public void A_step_that_is_tried_again_keeps_its_siblings_waiting_in_version_2() =>
        RunStory.GivenFound(Reported.Planned("a"), Reported.Planned("b"))
            .WhenStepReturned("a", Reported.Error("a"))
            .WhenRan("b").ThenDiscoversNothing()
            .After(s_firstBackoff)
            .WhenRan("a").ThenDiscovers(1);

    private static RunStory Planned(int maxAttempts = 5) => RunStory.Given(maxAttempts).WhenFound(Reported.Planned("a"));
}
