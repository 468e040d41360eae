using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>A fact of each kind, on a run that it fits: it has an effect there.</summary>
internal sealed record FittingFact(string Name, RunStory Story, Fact Fact)
{
    public static IEnumerable<FittingFact> All()
    {
        yield return Of("claimed", Overdue(), story => new Fact.Claimed([Reported.Key("a")]) { By = story.By });
        yield return Of("discovery claimed", RunStory.Given().After(RunStory.ClaimLength).Under(s_other), story => new Fact.Claimed([RunStory.KeyOf("discovery")]) { By = story.By });
        yield return Of("renewed", RunStory.GivenFound(Reported.Planned("a")).After(TimeSpan.FromSeconds(10)), story => new Fact.Renewed { By = story.By });
        yield return Of("postponed", RunStory.GivenFound(Reported.Planned("a")), story => new Fact.Postponed(Reported.Key("a"), story.Now + TimeSpan.FromMinutes(1)) { By = story.By });
        yield return Of("begun", RunStory.Given(), story => new Fact.Begun(story.Now) { By = story.By });
        yield return Of("released", RunStory.GivenFound(Reported.Planned("a")), story => new Fact.Released { By = story.By with { ClaimLength = TimeSpan.Zero } });
        yield return Of("discovered", RunStory.GivenFound(Reported.Ran("a")), story => Discovered(story, Reported.Ran("b"), Reported.Planned("c"), Reported.Sleep("d", "1h")));
        yield return Of("discovered nothing", RunStory.GivenFound(Reported.Ran("a")), story => Discovered(story));
        yield return Of("discovered an error", RunStory.GivenFound(Reported.Ran("a")), story => Discovered(story, Reported.Error("b")));
        yield return Of("discovered the end", RunStory.GivenFound(Reported.Ran("a")), story => Discovered(story, Reported.Complete()));
        yield return Of("checkpointed", RunStory.GivenFound(Reported.Ran("a")), story => new Fact.Checkpointed(story.Dispatch, Times(story), [Reported.Ran("b")]) { By = story.By });
        yield return Of("step returned", Retried(), story => Returned(story, Reported.Ran("a")));
        yield return Of("step returned an error", Retried(), story => Returned(story, Reported.Error("a")));
        yield return Of("step returned a failure", Retried(), story => Returned(story, Reported.Failed("a")));
        yield return Of("step turned into a sleep", Retried(), story => Returned(story, Reported.Sleep("a", "1h")));
        yield return Of("function returned", RunStory.GivenFound(Reported.Ran("a")), story => new Fact.FunctionReturned(story.DiscoveryCall, Times(story), Reported.Json("1")) { By = story.By });
        yield return Of("function failed", RunStory.GivenFound(Reported.Ran("a")), story => new Fact.FunctionFailed(story.DiscoveryCall, Times(story), Reported.FailureOf("x")) { By = story.By });
        yield return Of("function returned in the call of a step", Retried(), story => new Fact.FunctionReturned(story.CallOf("a"), Times(story), Reported.Json("1")) { By = story.By });
        yield return Of("function failed in the call of a step", Retried(), story => new Fact.FunctionFailed(story.CallOf("a"), Times(story), Reported.FailureOf("x")) { By = story.By });
        yield return Of("call of discovery failed", RunStory.GivenFound(Reported.Ran("a")), story => Failed(story, story.DiscoveryCall));
        yield return Of("call of step failed", Retried(), story => Failed(story, story.CallOf("a")));
        yield return Of("woke from sleep", RunStory.GivenFound(Reported.Sleep("a", "1h"), Reported.Planned("b")).After(TimeSpan.FromHours(1)), story => new Fact.Woke(Reported.Key("a")) { By = story.By });
        yield return Of("woke from a wait", RunStory.GivenFound(Reported.WaitForEvent("a", "e")).After(TimeSpan.FromHours(1)), story => new Fact.Woke(Reported.Key("a")) { By = story.By });
        yield return Of("event matched", RunStory.GivenFound(Reported.WaitForEvent("a", "e")), story => new Fact.EventMatched(Reported.Key("a"), Reported.Json("{}")) { By = story.By });
        yield return Of("signal received", RunStory.GivenFound(Reported.WaitForSignal("a", "s")), story => new Fact.SignalReceived(Reported.Key("a"), Reported.Json("{}")) { By = story.By });
        yield return Of("child ended", RunStory.GivenFound(Reported.Invoke("a", "shop-c")), story => new Fact.ChildEnded(Reported.Key("a"), Memo.Nothing) { By = story.By });
        yield return Of("wait refused", RunStory.GivenFound(Reported.WaitForSignal("a", "s")), story => new Fact.WaitRefused(Reported.Key("a"), Reported.FailureOf("taken")) { By = story.By });
        yield return Of("debounced", RunStory.GivenLater(), _ => new Fact.Debounced(Reported.Json("""{"id":"second","ts":6}"""), new Debounce(TimeSpan.FromHours(2), null, null)) { By = Handling.Outside });
        yield return Of("batched", RunStory.GivenLater(), _ => new Fact.Batched(Reported.Json("""{"id":"second"}"""), new Batch(2, TimeSpan.FromHours(1), null, null)) { By = Handling.Outside });
        yield return Of("given up", RunStory.GivenFound(Reported.Planned("a")), _ => new Fact.GivenUp(Reported.FailureOf("poisoned")) { By = Handling.Outside });
        yield return Of("cancel asked", RunStory.GivenFound(Reported.Planned("a")), _ => new Fact.CancelAsked("asked") { By = Handling.Outside });
    }

    public static FittingFact Find(string name) => All().Single(fact => fact.Name == name);

    private static readonly Handling s_other = RunStory.Handle(MessageId.Numbered(7), "x");

    private static FittingFact Of(string name, RunStory story, Func<RunStory, Fact> fact) => new(name, story, fact(story));

    private static RunStory Overdue() => RunStory.GivenFound(Reported.Planned("a")).After(RunStory.ClaimLength).Under(s_other);

    /// <summary>A planned step at its second attempt, so that there is an earlier one; its sibling is not settled.</summary>
    private static RunStory Retried() =>
        RunStory.GivenFound(Reported.Planned("a"), Reported.Planned("b")).WhenStepReturned("a", Reported.Error("a")).After(TimeSpan.FromMinutes(1)).Claiming("a");

    private static Fact.Discovered Discovered(RunStory story, params Protocol.Ops.Op[] ops) =>
        new(story.DiscoveryCall, Times(story), story.Speaks, [.. ops], RetryAdvice.Silent) { By = story.By };

    private static Fact.StepReturned Returned(RunStory story, Protocol.Ops.Op op) => new(story.CallOf("a"), Times(story), op, RetryAdvice.Silent) { By = story.By };

    private static Fact.CallFailed Failed(RunStory story, CallKey call) => new(call, Times(story), Reported.FailureOf("x"), RetryAdvice.Silent) { By = story.By };

    private static CallTimes Times(RunStory story) => new(story.Now, story.Now);
}
