using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>Ops that are about no step: none at all, deferred functions, wishes for discovery, and what cannot be used.</summary>
public sealed class LazyOpTests
{
    public static TheoryData<string> Nothings => ["empty", OpCode.None, OpCode.DeferAdd, OpCode.DeferAbort, OpCode.DiscoveryRequest];

    [Theory]
    [MemberData(nameof(Nothings))]
    public void An_answer_that_reports_no_step_waits_for_what_is_pending(string what) =>
        RunStory.Given().Speaking(1)
            .WhenFound(Reported.Ran("a"), Reported.Planned("b"))
            .WhenFound(Of(what))
            .ThenDiscoversNothing()
            .ThenNothingIsSent()
            .ThenPlanned("b", 0, TimeSpan.Zero)
            .Then(run => Assert.Equal(2, run.Steps.Count));

    [Theory]
    [MemberData(nameof(Nothings))]
    public void An_answer_that_reports_no_step_while_nothing_is_pending_is_a_failed_attempt(string what) =>
        RunStory.GivenFound(Of(what))
            .ThenDiscovers(0, attempt: 1, dueIn: TimeSpan.FromSeconds(15))
            .ThenSends(TimeSpan.FromSeconds(15), ["discovery"]);

    [Theory]
    [MemberData(nameof(Nothings))]
    public void A_function_that_waits_for_nothing_to_its_last_attempt_fails_with_a_sentence_that_says_so(string what) =>
        RunStory.Given(maxAttempts: 1).WhenFound(Of(what)).ThenRunFailed("StepwellNoProgress", "found no new step and the function did not return");

    [Theory]
    [MemberData(nameof(Nothings))]
    public void An_answer_that_reports_no_step_but_did_not_see_all_settled_ones_is_asked_again(string what)
    {
        var story = RunStory.Given().Speaking(1).WhenFound(Reported.Planned("a"), Reported.Planned("b")).WhenRan("a");
        var call = story.DiscoveryCall;
        story.WhenRan("b").WhenFound(call, Of(what)).ThenDiscovers(2);
    }

    [Fact]
    public void Deferred_functions_are_no_steps_and_neither_settle_nor_count_as_parallel() =>
        RunStory.GivenFound(Reported.DeferAdd(), Reported.Ran("a"), Reported.DeferAbort())
            .ThenUnknown("deferred")
            .ThenDone("a", """{"data":1}""")
            .ThenDiscovers(1)
            .Then(run => Assert.False(run.ImmediateExecutionOff));

    [Fact]
    public void A_wish_for_discovery_is_granted_though_steps_are_pending() =>
        RunStory.GivenFound(Reported.Sleep("a", "1h"), Reported.DiscoveryRequest()).ThenDiscovers(1).ThenUnknown("discovery-request");

    [Fact]
    public void A_discovery_that_is_wished_for_beside_a_planned_step_must_not_run_that_step_once_more() =>
        RunStory.GivenFound(Reported.Planned("a"), Reported.DiscoveryRequest()).ThenDiscovers(1)
            .Then(run => Assert.True(run.ImmediateExecutionOff))
            .WhenFound(Reported.Planned("a")).ThenDiscoversNothing()
            .WhenRan("a").ThenDiscovers(2)
            .Then(run => Assert.False(run.ImmediateExecutionOff));

    [Fact]
    public void A_wish_for_discovery_beside_a_step_that_was_run_opens_one_discovery() =>
        RunStory.GivenFound(Reported.Ran("a"), Reported.DiscoveryRequest()).ThenDiscovers(1).Then(run => Assert.Equal(2, run.Discoveries));

    [Fact]
    public void A_wish_for_discovery_that_brings_nothing_new_cannot_go_round_for_ever() =>
        RunStory.GivenFound(Reported.Sleep("a", "1h"), Reported.DiscoveryRequest()).WhenFound(Reported.DiscoveryRequest()).ThenDiscoversNothing();

    [Fact]
    public void An_op_that_is_not_known_is_a_failed_attempt_and_nothing_of_its_answer_counts() =>
        RunStory.GivenFound(Reported.Planned("a"), Reported.Unknown("b"))
            .ThenUnknown("a")
            .ThenUnknown("b")
            .ThenDiscovers(0, attempt: 1, dueIn: TimeSpan.FromSeconds(15));

    [Fact]
    public void An_op_that_is_not_known_to_the_last_attempt_fails_the_run_with_its_code() =>
        RunStory.Given(maxAttempts: 1).WhenFound(Reported.Unknown("b", "Teleport")).ThenRunFailed("StepwellUnknownOp", "'Teleport'");

    [Fact]
    public void A_step_that_was_not_found_is_a_failed_attempt() =>
        RunStory.GivenFound(Reported.NotFound("b")).ThenDiscovers(0, attempt: 1, dueIn: TimeSpan.FromSeconds(15));

    [Fact]
    public void A_step_that_is_not_found_to_the_last_attempt_fails_the_run_with_its_name() =>
        RunStory.Given(maxAttempts: 1).WhenFound(Reported.NotFound("mail")).ThenRunFailed("StepwellUnexpectedOp", "'mail'");

    private static Op[] Of(string what) => what switch
    {
        OpCode.None => [Reported.None()],
        OpCode.DeferAdd => [Reported.DeferAdd()],
        OpCode.DeferAbort => [Reported.DeferAbort()],
        OpCode.DiscoveryRequest => [Reported.DiscoveryRequest()],
        _ => [],
    };
}
