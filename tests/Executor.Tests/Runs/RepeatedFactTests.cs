using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>A fact that comes twice, late, or about something that is not there changes nothing (design §3, rule 1).</summary>
public sealed class RepeatedFactTests
{
    public static TheoryData<string> Facts => [.. FittingFact.All().Select(fact => fact.Name)];

    public static TheoryData<string> Answers => [.. FittingFact.All().Where(fact => CallOf(fact.Fact) is not null).Select(fact => fact.Name)];

    public static TheoryData<string> Wakings => [.. FittingFact.All().Where(fact => OfStep(fact.Fact, "never heard of") is not null).Select(fact => fact.Name)];

    [Fact]
    public void Every_kind_of_fact_is_here() => Assert.Equal(
        typeof(Fact).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal),
        FittingFact.All().Select(fact => fact.Fact.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_fact_that_fits_changes_the_run_once_and_the_second_time_nothing(string name)
    {
        var (_, story, fact) = FittingFact.Find(name);
        story.When(fact);
        Assert.NotSame(story.Before, story.Run);

        var once = story.Run;
        story.When(fact);
        if (fact is Fact.Renewed)
        {
            // Renewing says nothing but "until then", so that it may be said again.
            Assert.Equal(once.Claims.ToList(), story.Run.Claims.ToList());
            Assert.Same(once.Steps, story.Run.Steps);
            story.ThenNothingIsSent();
        }
        else
        {
            story.ThenNothingChanged();
        }
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_fact_under_another_message_is_as_good_as_the_first_and_comes_second_as_well(string name)
    {
        var (_, story, fact) = FittingFact.Find(name);
        if (fact is Fact.Claimed or Fact.Renewed or Fact.Released or Fact.Postponed || CallOf(fact) is { Item.IsDiscovery: false })
            return;

        story.When(fact with { By = RunStory.Handle(new MessageId("never-heard-of"), "y") });
        Assert.NotSame(story.Before, story.Run);
        story.When(fact).ThenNothingChanged();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void The_answer_of_a_step_counts_only_under_the_handling_that_holds_it(string name)
    {
        var (_, story, fact) = FittingFact.Find(name);
        if (CallOf(fact)!.Item.IsDiscovery)
            return;

        story.When(fact with { By = RunStory.Handle(new MessageId("never-heard-of"), "y") }).ThenNothingChanged();
        story.When(fact with { By = RunStory.Handle(fact.By.Message, "another") }).ThenNothingChanged();
        story.When(fact);
        Assert.NotSame(story.Before, story.Run);
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public void After_the_end_of_the_run_nothing_counts(string name)
    {
        var (_, story, fact) = FittingFact.Find(name);
        story.WhenCancelled().When(fact).ThenNothingChanged();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_of_an_earlier_attempt_is_dropped(string name)
    {
        var (_, story, fact) = FittingFact.Find(name);
        var call = CallOf(fact)!;
        story.When(With(fact, call with { Attempt = call.Attempt - 1 })).ThenNothingChanged();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_of_an_attempt_that_was_not_made_yet_is_dropped(string name)
    {
        var (_, story, fact) = FittingFact.Find(name);
        var call = CallOf(fact)!;
        story.When(With(fact, call with { Attempt = call.Attempt + 1 })).ThenNothingChanged();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_of_another_discovery_is_dropped(string name)
    {
        var (_, story, fact) = FittingFact.Find(name);
        var call = CallOf(fact)!;
        if (!call.Item.IsDiscovery)
            return;

        story.When(With(fact, call with { Number = call.Number - 1 })).ThenNothingChanged();
        story.When(With(fact, call with { Number = call.Number + 1 })).ThenNothingChanged();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_for_a_step_that_is_not_known_is_dropped(string name)
    {
        var (_, story, fact) = FittingFact.Find(name);
        story.When(With(fact, CallOf(fact)! with { Item = Reported.Key("never heard of") })).ThenNothingChanged();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_for_a_step_that_is_settled_is_dropped(string name)
    {
        var (_, story, fact) = FittingFact.Find(name);
        if (CallOf(fact)!.Item.IsDiscovery)
            return;

        story.WhenRan("a", "\"first\"").When(fact).ThenNothingChanged().ThenDone("a", """{"data":"first"}""");
    }

    [Theory]
    [MemberData(nameof(Wakings))]
    public void What_is_about_a_step_that_is_not_known_is_dropped(string name)
    {
        var (_, story, fact) = FittingFact.Find(name);
        story.When(OfStep(fact, "never heard of")!).ThenNothingChanged();
    }

    [Fact]
    public void An_answer_for_a_discovery_is_dropped_when_none_is_open()
    {
        var story = RunStory.Given();
        var call = story.DiscoveryCall;
        story.WhenFound(Reported.Planned("a")).ThenDiscoversNothing().WhenFound(call, Reported.Planned("b")).ThenNothingChanged();
        story.WhenFunctionReturned(call).ThenNothingChanged().WhenFunctionFailed(call).ThenNothingChanged().WhenCallFailed(call).ThenNothingChanged();
    }

    [Fact]
    public void A_memo_is_written_once_whatever_comes_after_it()
    {
        var story = RunStory.GivenFound(Reported.Planned("a"), Reported.Planned("b"));
        var call = story.CallOf("a");
        story.WhenRan("a", "\"first\"");
        foreach (var op in new Protocol.Ops.Op[] { Reported.Ran("a", "2"), Reported.LegacyRan("a", "3"), Reported.Failed("a"), Reported.Error("a"), Reported.Sleep("a", "1h"), Reported.Unknown("a") })
            story.WhenStepReturned(call, op).ThenNothingChanged();

        story.WhenCallFailed(call).ThenNothingChanged().WhenWoke("a").ThenNothingChanged().WhenMatched("a", "{}").ThenNothingChanged();
        story.ThenDone("a", """{"data":"first"}""");
    }

    private static CallKey? CallOf(Fact fact) => fact switch
    {
        Fact.Discovered discovered => discovered.Call,
        Fact.StepReturned returned => returned.Call,
        Fact.FunctionReturned returned => returned.Call,
        Fact.FunctionFailed failed => failed.Call,
        Fact.CallFailed failed => failed.Call,
        _ => null,
    };

    private static Fact With(Fact fact, CallKey call) => fact switch
    {
        Fact.Discovered discovered => discovered with { Call = call },
        Fact.StepReturned returned => returned with { Call = call },
        Fact.FunctionReturned returned => returned with { Call = call },
        Fact.FunctionFailed failed => failed with { Call = call },
        _ => (Fact.CallFailed)fact with { Call = call },
    };

    private static Fact? OfStep(Fact fact, string step) => fact switch
    {
        Fact.Claimed claimed => claimed with { Items = [Reported.Key(step)] },
        Fact.Woke woke => woke with { Step = Reported.Key(step) },
        Fact.EventMatched matched => matched with { Step = Reported.Key(step) },
        Fact.SignalReceived received => received with { Step = Reported.Key(step) },
        Fact.ChildEnded ended => ended with { Step = Reported.Key(step) },
        Fact.WaitRefused refused => refused with { Step = Reported.Key(step) },
        _ => null,
    };
}
