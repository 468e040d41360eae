using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>Waits for events, signals and child runs.</summary>
public sealed class WaitTests
{
    [Fact]
    public void A_wait_for_an_event_parks_its_step() =>
        RunStory.GivenFound(Reported.WaitForEvent("paid", "shop/paid", "3d", "async.data.id == event.data.id"))
            .ThenWaits("paid", new Wait.Event("shop/paid", "async.data.id == event.data.id"), TimeSpan.FromDays(3))
            .ThenSends(TimeSpan.FromDays(3), ["paid"])
            .ThenDiscoversNothing();

    [Fact]
    public void An_event_that_matches_is_the_memo_itself() =>
        RunStory.GivenFound(Reported.WaitForEvent("paid", "shop/paid"))
            .WhenMatched("paid", """{"name":"shop/paid"}""")
            .ThenDone("paid", """{"name":"shop/paid"}""")
            .ThenDiscovers(1);

    [Fact]
    public void A_wait_for_a_signal_parks_its_step() =>
        RunStory.GivenFound(Reported.WaitForSignal("go", "approve-7", "1h", replace: true))
            .ThenWaits("go", new Wait.Signal("approve-7", Replace: true), TimeSpan.FromHours(1));

    [Fact]
    public void A_signal_is_the_data_of_the_memo() =>
        RunStory.GivenFound(Reported.WaitForSignal("go", "approve-7"))
            .WhenSignalled("go", """{"data":1,"signal":"approve-7"}""")
            .ThenDone("go", """{"data":{"data":1,"signal":"approve-7"}}""")
            .ThenDiscovers(1);

    [Theory]
    [InlineData(null, 365)]
    [InlineData("2d", 2)]
    public void An_invoke_waits_for_its_child_and_for_a_year_when_it_does_not_say_how_long(string? timeout, int days) =>
        RunStory.GivenFound(Reported.Invoke("pdf", "shop-render", timeout, """{"function_id":"shop-render"}"""))
            .ThenWaits("pdf", new Wait.Child(FunctionId.Parse("shop-render")), TimeSpan.FromDays(days))
            .Then(run => Assert.Equal("""{"function_id":"shop-render"}""", run.Steps[Reported.Key("pdf")].Opts.ToString()));

    [Fact]
    public void The_memo_of_a_child_is_the_memo_of_the_invoke()
    {
        RunStory.GivenFound(Reported.Invoke("pdf", "shop-render"))
            .WhenChildEnded("pdf", new Memo.Data(Reported.Json("\"%PDF\"")))
            .ThenDone("pdf", """{"data":"%PDF"}""")
            .ThenDiscovers(1);
        RunStory.GivenFound(Reported.Invoke("pdf", "shop-render"))
            .WhenChildEnded("pdf", new Memo.Error(Reported.FailureOf("no paper")))
            .ThenFailed("pdf", "Error", "no paper")
            .ThenDiscovers(1);
    }

    [Fact]
    public void A_wait_whose_time_is_over_is_settled_with_a_bare_null() =>
        RunStory.GivenFound(Reported.WaitForEvent("paid", "shop/paid"), Reported.WaitForSignal("go", "approve-7"))
            .After(TimeSpan.FromHours(1))
            .WhenWoke("paid").ThenDone("paid", "null").ThenDiscoversNothing()
            .WhenWoke("go").ThenDone("go", "null").ThenDiscovers(1);

    [Fact]
    public void An_invoke_whose_time_is_over_is_settled_with_the_error_that_sdks_know() =>
        RunStory.GivenFound(Reported.Invoke("pdf", "shop-render", "1h"))
            .After(TimeSpan.FromHours(1))
            .WhenWoke("pdf")
            .ThenFailed("pdf", "InngestInvokeTimeoutError", "Timed out waiting for invoked function to complete");

    [Fact]
    public void A_wait_is_not_over_before_its_time() =>
        RunStory.GivenFound(Reported.WaitForEvent("paid", "shop/paid"))
            .After(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1)).WhenWoke("paid").ThenNothingChanged();

    [Fact]
    public void What_comes_first_settles_a_wait_and_what_comes_second_is_dropped()
    {
        RunStory.GivenFound(Reported.WaitForEvent("paid", "shop/paid"))
            .After(TimeSpan.FromHours(1))
            .WhenWoke("paid").WhenMatched("paid", "{}").ThenNothingChanged().ThenDone("paid", "null");
        RunStory.GivenFound(Reported.WaitForEvent("paid", "shop/paid"))
            .After(TimeSpan.FromHours(1))
            .WhenMatched("paid", "{}").WhenWoke("paid").ThenNothingChanged().ThenDone("paid", "{}");
    }

    [Fact]
    public void A_wait_ends_only_by_what_it_waits_for() =>
        RunStory.GivenFound(Reported.WaitForEvent("event", "e"), Reported.WaitForSignal("signal", "s"), Reported.Invoke("child", "shop-c"), Reported.Planned("step"), Reported.Sleep("sleep", "1d"))
            .WhenSignalled("event", "{}").ThenNothingChanged()
            .WhenChildEnded("event", Memo.Nothing).ThenNothingChanged()
            .WhenMatched("signal", "{}").ThenNothingChanged()
            .WhenChildEnded("signal", Memo.Nothing).ThenNothingChanged()
            .WhenMatched("child", "{}").ThenNothingChanged()
            .WhenSignalled("child", "{}").ThenNothingChanged()
            .WhenMatched("step", "{}").ThenNothingChanged()
            .WhenSignalled("step", "{}").ThenNothingChanged()
            .WhenChildEnded("step", Memo.Nothing).ThenNothingChanged()
            .WhenWoke("step").ThenNothingChanged()
            .WhenMatched("sleep", "{}").ThenNothingChanged();

    [Fact]
    public void Times_that_cannot_be_are_errors_of_the_step() =>
        RunStory.GivenFound(Reported.WaitForEvent("event", "e", "whenever"), Reported.WaitForSignal("signal", "s", "400d"), Reported.Invoke("child", "shop-c", "never"))
            .ThenFailed("event", "StepwellBadTime", "'whenever'")
            .ThenFailed("signal", "StepwellTooFarAway", "'400d'")
            .ThenFailed("child", "StepwellBadTime", "'never'")
            .ThenDiscovers(1);

    [Fact]
    public void A_wait_that_cannot_be_is_an_error_of_its_step_that_the_function_may_catch() =>
        RunStory.GivenFound(Reported.WaitForSignal("go", "approve-7"))
            .WhenRefused("go", "taken")
            .ThenFailed("go", "Error", "taken")
            .ThenDiscovers(1);

    [Fact]
    public void A_condition_that_is_no_expression_is_an_error_of_its_step_and_of_no_other() =>
        RunStory.GivenFound(Reported.WaitForEvent("bad", "e", "1h", "async.data.id == "), Reported.WaitForEvent("good", "e", "1h", "async.data.id == 1"))
            .ThenFailed("bad", "StepwellBadCondition", "Step 'bad' waits for an event for which 'async.data.id == ' holds: ")
            .ThenWaits("good", new Wait.Event("e", "async.data.id == 1"), TimeSpan.FromHours(1));

    [Fact]
    public void Waits_are_taken_up_before_the_steps_beside_them_which_may_send_what_they_wait_for()
    {
        var story = RunStory.GivenFound(Reported.Planned("send"), Reported.Ran("sent"), Reported.WaitForEvent("event", "e"), Reported.WaitForSignal("signal", "s"));
        Assert.Equal(["event", "signal", "send", "sent"], story.Run.Steps.Values.OrderBy(step => step.Index).Select(step => step.Name));
    }

    [Fact]
    public void A_wait_without_a_time_is_over_at_once() =>
        RunStory.GivenFound(Reported.WaitForEvent("paid", "shop/paid", "")).WhenWoke("paid").ThenDone("paid", "null").ThenDiscovers(1);
}
