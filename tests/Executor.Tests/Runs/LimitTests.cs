namespace Stepwell.Executor.Tests.Runs;

/// <summary>Limits of a run (protocol §20).</summary>
public sealed class LimitTests
{
    [Fact]
    public void A_run_may_have_a_thousand_steps() =>
        RunStory.GivenFound(Many("s", 1_000)).Then(run => Assert.True(run.IsLive)).Then(run => Assert.Equal(1_000, run.Steps.Count));

    [Fact]
    public void One_more_fails_it_with_a_sentence_that_says_what_to_do() =>
        RunStory.GivenFound(Many("s", 1_001)).ThenRunFailed("StepwellTooManySteps", "more than 1000 steps").ThenAbandoned("s0", "s1000").Then(run => Assert.Empty(run.Claims));

    [Fact]
    public void Steps_count_over_the_whole_run()
    {
        var story = RunStory.Given().Speaking(1).WhenFound(Many("a", 600)).WhenRan("a0");
        story.WhenFound(Many("b", 400)).Then(run => Assert.True(run.IsLive)).WhenRan("b0");
        story.WhenFound(Reported.Ran("last straw")).ThenRunFailed("StepwellTooManySteps", "Split it into several functions");
    }

    [Fact]
    public void A_state_of_32_MiB_is_kept()
    {
        var story = Filled();
        story.WhenFound(Reported.Ran("rest", Text((32 * 1024 * 1024) - story.Run.StateBytes))).Then(run => Assert.True(run.IsLive));
        Assert.Equal(32 * 1024 * 1024, story.Run.StateBytes);
    }

    [Fact]
    public void One_byte_more_fails_the_run_and_names_step_size_and_limit()
    {
        var story = Filled();
        story.WhenFound(Reported.Ran("too much", Text((32 * 1024 * 1024) - story.Run.StateBytes + 1)))
            .ThenRunFailed("StepwellStateTooLarge", "step 'too much'")
            .ThenRunFailed("StepwellStateTooLarge", "33554433 bytes; the limit is 33554432")
            .ThenDiscoversNothing();
    }

    [Fact]
    public void A_planned_step_or_an_event_that_makes_the_state_too_large_fails_the_run_too()
    {
        Filled().WhenFound(Reported.Planned("a"), Reported.Planned("b")).WhenRan("a", Text(4 * 1024 * 1024)).WhenRan("b", Text(4 * 1024 * 1024))
            .ThenRunFailed("StepwellStateTooLarge", "step 'b'");
        Filled().WhenFound(Reported.WaitForEvent("event", "e"), Reported.Ran("a", Text(4 * 1024 * 1024))).WhenMatched("event", Text(512 * 1024))
            .WhenFound(Reported.Ran("c", Text(4 * 1024 * 1024)))
            .ThenRunFailed("StepwellStateTooLarge", "step 'c'");
    }

    [Fact]
    public void Errors_count_as_state() =>
        RunStory.GivenFound(Reported.Failed("a", "no")).Then(run => Assert.Equal(Reported.FailureOf("no").Length, run.StateBytes));

    // 25 MiB in steps of 2.5 MiB: room for one large memo, not for two.
    private static RunStory Filled()
    {
        var story = RunStory.Given();
        for (var i = 0; i < 10; i++)
            story.WhenFound(Reported.Ran($"filler{i}", Text(5 * 512 * 1024)));

        return story;
    }

    private static Protocol.Ops.Op[] Many(string prefix, int count) => [.. Enumerable.Range(0, count).Select(i => Reported.Planned($"{prefix}{i}"))];

    private static string Text(long bytes) => $"\"{new string('x', (int)bytes - 2)}\"";
}
