using System.Collections.Immutable;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Simulation.Tests;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>
/// Given a run, when something happens to it, then it stands like this and sends that. What must hold of every run is checked after each fact.
/// </summary>
internal sealed class RunStory
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How long the claims of a story last.</summary>
    public static readonly TimeSpan ClaimLength = TimeSpan.FromSeconds(30);

    private RunStory(Run run) => Run = run;

    public Run Run { get; private set; }

    /// <summary>The run before the last fact.</summary>
    public Run Before { get; private set; } = null!;

    /// <summary>What the last fact sends.</summary>
    public ImmutableArray<Hint> Hints { get; private set; } = [];

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>Under which message facts come to be; at first the one that starts the run.</summary>
    public Handling By { get; private set; } = Handle(MessageId.Start);

    /// <summary>The protocol version that the app speaks.</summary>
    public int Speaks { get; private set; } = 2;

    /// <summary>A run that was just started: its first discovery is open, and claimed by the message that starts it.</summary>
    public static RunStory Given(int maxAttempts = 5) => new(Starting.Create(
        RunId.Parse("01JNQF3S0000000000000000RN"), FunctionId.Parse("shop-import"), "01JNQF3S0000000000000000EV", [RawJson.FromString("{}")], maxAttempts, Start, ClaimLength));

    /// <summary>A run that begins an hour later, and whose events may change until then.</summary>
    public static RunStory GivenLater() => new(Starting.Create(
        RunId.Parse("01JNQF3S0000000000000000RN"), FunctionId.Parse("shop-import"), "01JNQF3S0000000000000000EV", [RawJson.FromString("""{"id":"first","ts":5}""")], 5, Start, ClaimLength, new StartTerms { StartAt = Start + TimeSpan.FromHours(1) }));

    /// <summary>A run of which an app that speaks version 2 reported these ops.</summary>
    public static RunStory GivenFound(params Op[] ops) => Given().WhenFound(ops);

    public static Handling Handle(MessageId message, string? delivery = null) => new()
    {
        Message = message,
        Holder = delivery is null ? message : message.HandledAs(delivery),
        ClaimLength = ClaimLength,
    };

    public RunStory Speaking(int version)
    {
        Speaks = version;
        return this;
    }

    public RunStory Under(Handling handling)
    {
        By = handling;
        return this;
    }

    public RunStory Under(Func<Handling, Handling> change) => Under(change(By));

    public RunStory After(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public RunStory When(Fact fact)
    {
        Before = Run;
        (Run, Hints) = RunDecider.Decide(Run, fact, Now);
        RunInvariants.Check(Before, Run);
        return this;
    }

    /// <summary>The call of the discovery as it would be made now.</summary>
    public CallKey DiscoveryCall => new(Run.Discovery!.Key, Run.Discovery.Number, Run.Discovery.Attempt, Run.Stack.Count, Run.Discovery.Dispatch);

    /// <summary>The present dispatch of discovery, as a checkpoint names it.</summary>
    public DispatchKey Dispatch => new(Run.Discovery!.Number, Run.Discovery.Dispatch);

    public RunStory WhenCheckpointed(DispatchKey dispatch, params Op[] ops) => When(new Fact.Checkpointed(dispatch, Times, [.. ops]) { By = Handling.Outside });

    /// <summary>The call of a planned step as it would be made now.</summary>
    public CallKey CallOf(string step) => new(Reported.Key(step), 0, ((StepState.Planned)Step(step).State).Attempt, Run.Stack.Count);

    public RunStory WhenFound(params Op[] ops) => WhenFound(DiscoveryCall, RetryAdvice.Silent, ops);

    public RunStory WhenFound(CallKey call, params Op[] ops) => WhenFound(call, RetryAdvice.Silent, ops);

    public RunStory WhenFound(CallKey call, RetryAdvice advice, params Op[] ops) => When(new Fact.Discovered(call, Times, Speaks, [.. ops], advice) { By = By });

    public RunStory WhenStepReturned(string step, Op op) => Claiming(step).WhenStepReturned(CallOf(step), op, RetryAdvice.Silent);

    /// <summary>Whoever calls for the step now has claimed it: a story whose handling does not hold it claims it first, as the engine does.</summary>
    public RunStory Claiming(string step) =>
        PendingItems.Find(Run, Reported.Key(step)) is { } item && item.Holder != By.Holder && !Run.IsClaimed(item.Holder, Now) ? WhenClaimed(step) : this;

    public RunStory WhenStepReturned(CallKey call, Op op, RetryAdvice? advice = null) =>
        When(new Fact.StepReturned(call, Times, op, advice ?? RetryAdvice.Silent) { By = By });

    /// <summary>The call of a planned step returned a value.</summary>
    public RunStory WhenRan(string step, string json = "1") => WhenStepReturned(step, Reported.Ran(step, json));

    public RunStory WhenFunctionReturned(CallKey call, string json = "1") => When(new Fact.FunctionReturned(call, Times, Reported.Json(json)) { By = By });

    public RunStory WhenFunctionFailed(CallKey call, string message = "broken") =>
        When(new Fact.FunctionFailed(call, Times, Reported.FailureOf(message)) { By = By });

    public RunStory WhenCallFailed(CallKey call, string message = "refused", RetryAdvice? advice = null) =>
        When(new Fact.CallFailed(call, Times, Reported.FailureOf(message), advice ?? RetryAdvice.Silent) { By = By });

    public RunStory WhenWoke(string step) => When(new Fact.Woke(Reported.Key(step)) { By = By });

    public RunStory WhenMatched(string step, string json) => When(new Fact.EventMatched(Reported.Key(step), Reported.Json(json)) { By = By });

    public RunStory WhenSignalled(string step, string json) => When(new Fact.SignalReceived(Reported.Key(step), Reported.Json(json)) { By = By });

    public RunStory WhenChildEnded(string step, Memo memo) => When(new Fact.ChildEnded(Reported.Key(step), memo) { By = By });

    public RunStory WhenRefused(string step, string message) => When(new Fact.WaitRefused(Reported.Key(step), Reported.FailureOf(message)) { By = By });

    public RunStory WhenCancelled(string reason = "asked") => When(new Fact.CancelAsked(reason) { By = Handling.Outside });

    public RunStory WhenClaimed(params string[] steps) => When(new Fact.Claimed([.. steps.Select(KeyOf)]) { By = By });

    public RunStory WhenRenewed() => When(new Fact.Renewed { By = By });

    /// <summary>The message gives back what it holds; as in the engine, it does not go on.</summary>
    public RunStory WhenReleased() => When(new Fact.Released { By = By with { ClaimLength = TimeSpan.Zero } });

    public RunStory ThenNothingChanged()
    {
        Assert.Same(Before, Run);
        return ThenNothingIsSent();
    }

    public RunStory ThenNothingIsSent()
    {
        Assert.Empty(Hints);
        return this;
    }

    /// <summary>The step is settled with this memo, as calls will carry it.</summary>
    public RunStory ThenDone(string step, string memo)
    {
        Assert.Equal(memo, Assert.IsType<StepState.Done>(Step(step).State).Memo.ToWire().ToString());
        Assert.Contains(Reported.Key(step), Run.Stack);
        return this;
    }

    /// <summary>The step is settled with an error that has this name and a message in which this text stands.</summary>
    public RunStory ThenFailed(string step, string name, string message)
    {
        var memo = Assert.IsType<Memo.Error>(Assert.IsType<StepState.Done>(Step(step).State).Memo);
        Assert.Equal(name, Failure.FromJson(memo.Failure).Name);
        Assert.Contains(message, Failure.FromJson(memo.Failure).Message, StringComparison.Ordinal);
        return this;
    }

    public RunStory ThenPlanned(string step, int attempt, TimeSpan dueIn)
    {
        var planned = Assert.IsType<StepState.Planned>(Step(step).State);
        Assert.Equal((attempt, Now + dueIn), (planned.Attempt, planned.Due));
        return this;
    }

    public RunStory ThenSleeps(string step, TimeSpan rest)
    {
        Assert.Equal(Now + rest, Assert.IsType<StepState.Sleeping>(Step(step).State).Until);
        return this;
    }

    public RunStory ThenWaits(string step, Wait wait, TimeSpan atMost)
    {
        var waiting = Assert.IsType<StepState.Waiting>(Step(step).State);
        Assert.Equal((wait, Now + atMost), (waiting.For, waiting.Until));
        return this;
    }

    public RunStory ThenAbandoned(params string[] steps)
    {
        Assert.All(steps, step => Assert.IsType<StepState.Abandoned>(Step(step).State));
        return this;
    }

    public RunStory ThenUnknown(string step)
    {
        Assert.False(Run.Steps.ContainsKey(Reported.Key(step)), $"Step {step} is known.");
        return this;
    }

    /// <summary>A discovery is open: its number from 0, its attempt, and when it is due.</summary>
    public RunStory ThenDiscovers(int number, int attempt = 0, TimeSpan dueIn = default)
    {
        Assert.NotNull(Run.Discovery);
        Assert.Equal((number, attempt, Now + dueIn), (Run.Discovery.Number, Run.Discovery.Attempt, Run.Discovery.Due));
        return this;
    }

    public RunStory ThenDiscoversNothing()
    {
        Assert.Null(Run.Discovery);
        return this;
    }

    public RunStory ThenCompleted(string output = "1")
    {
        Assert.Equal(new RunOutcome.Completed(Reported.Json(output), Now), Run.Outcome);
        Assert.Null(Run.Discovery);
        return this;
    }

    public RunStory ThenRunFailed(string name, string message)
    {
        var failure = Failure.FromJson(Assert.IsType<RunOutcome.Failed>(Run.Outcome).Error);
        Assert.Equal(name, failure.Name);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        return this;
    }

    /// <summary>One message is sent for each group of items, in this order, due after that time.</summary>
    public RunStory ThenSends(TimeSpan dueIn, params string[][] messages)
    {
        Assert.Equal(messages.Select(items => items.Select(KeyOf).ToArray()), Hints.Select(hint => hint.Items.ToArray()));
        Assert.All(Hints, hint => Assert.Equal(Now + dueIn, hint.Due));
        Assert.All(Hints, hint => Assert.All(hint.Items, item => Assert.Equal(hint.Id, PendingItems.Find(Run, item)!.Holder)));
        return this;
    }

    public RunStory Then(Action<Run> holds)
    {
        holds(Run);
        return this;
    }

    public Step Step(string step) => Run.Steps[Reported.Key(step)];

    /// <summary>The key by the name that a story gives it; <c>discovery</c> is the function itself.</summary>
    public static StepKey KeyOf(string step) => step == "discovery" ? StepKey.Discovery : Reported.Key(step);

    private CallTimes Times => new(Now, Now);
}
