using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Storage.Tests.Examples;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>Whatever a run holds is read exactly as it was committed.</summary>
public abstract class RunRoundTripContract
{
    private static readonly DateTimeOffset s_now = ExampleRuns.Now;
    private static readonly MessageId s_holder = MessageId.Numbered(12).HandledAs("delivery-1");

    // Where the storage may change the way it keeps a value: compressed or not, in a row or beside it, in one part or several.
    private static readonly ImmutableArray<int> s_sizes =
        [2, 3, 511, 512, 513, 30_000, 61_439, 61_440, 61_441, 65_535, 65_536, 81_920, 82_000, 1_048_576, ProtocolLimits.MaxStepOutputBytes];

    private static readonly ImmutableDictionary<string, StepState> s_states = new Dictionary<string, StepState>
    {
        ["planned"] = new StepState.Planned(0, s_now, s_holder),
        ["planned again"] = new StepState.Planned(20, s_now.AddDays(1), MessageId.None),
        ["sleeping"] = new StepState.Sleeping(s_now.AddDays(366), s_holder),
        ["sleeping for ever"] = new StepState.Sleeping(DateTimeOffset.MaxValue, s_holder),
        ["waiting for an event"] = new StepState.Waiting(new Wait.Event("shop/paid", "event.data.id == async.data.id"), s_now.AddHours(1), s_holder),
        ["waiting for any event"] = new StepState.Waiting(new Wait.Event("shop/paid", null), s_now.AddHours(1), s_holder),
        ["waiting for an event with an empty condition"] = new StepState.Waiting(new Wait.Event("shop/paid", ""), s_now, s_holder),
        ["waiting for a signal"] = new StepState.Waiting(new Wait.Signal("go", false), s_now.AddHours(1), s_holder),
        ["waiting for a signal in place of another"] = new StepState.Waiting(new Wait.Signal("go", true), s_now.AddHours(1), s_holder),
        ["waiting for a child"] = new StepState.Waiting(new Wait.Child(FunctionId.Parse("shop-child")), s_now.AddHours(1), s_holder),
        ["done with data"] = new StepState.Done(new Memo.Data(RawJson.FromString("""{"a":1}""")), 0, s_now),
        ["done with null"] = new StepState.Done(new Memo.Data(RawJson.Null), 0, s_now),
        ["done with an error"] = new StepState.Done(new Memo.Error(RawJson.FromString("""{"name":"Error"}""")), 0, s_now),
        ["done with an error of null"] = new StepState.Done(new Memo.Error(RawJson.Null), 0, s_now),
        ["done bare"] = new StepState.Done(new Memo.Bare(RawJson.FromString("[1]")), 0, s_now),
        ["done with nothing"] = new StepState.Done(Memo.Nothing, 0, s_now),
        ["abandoned"] = new StepState.Abandoned(),
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<string, RunOutcome> s_outcomes = new Dictionary<string, RunOutcome>
    {
        ["live"] = RunOutcome.None,
        ["completed"] = new RunOutcome.Completed(RawJson.FromString("""{"sum":3}"""), s_now.AddTicks(1)),
        ["completed with null"] = new RunOutcome.Completed(RawJson.Null, s_now),
        ["failed"] = new RunOutcome.Failed(RawJson.FromString("""{"message":"no","name":"Error"}"""), s_now),
        ["failed with null"] = new RunOutcome.Failed(RawJson.Null, s_now),
        ["cancelled"] = new RunOutcome.Cancelled("Somebody asked for it: 'é' 😀", s_now),
        ["skipped"] = new RunOutcome.Skipped("another is live", s_now),
        ["cancelled without a reason"] = new RunOutcome.Cancelled("", s_now),
    }.ToImmutableDictionary();

    public static TheoryData<string> States { get; } = [.. s_states.Keys];

    public static TheoryData<string> Outcomes { get; } = [.. s_outcomes.Keys];

    public static TheoryData<int> Sizes { get; } = [.. s_sizes];

    protected abstract IRunStore Runs { get; }

    [Theory]
    [MemberData(nameof(States))]
    public Task Every_state_of_a_step_is_kept(string state) => Runs.AssertKeptAsync(ExampleRuns.Fresh().With(ExampleRuns.InState("a", s_states[state])));

    [Theory]
    [MemberData(nameof(Outcomes))]
    public Task Every_outcome_is_kept(string outcome) => Runs.AssertKeptAsync(ExampleRuns.Fresh() with { Outcome = s_outcomes[outcome], StartedAt = s_now });

    [Fact]
    public Task Everything_else_in_a_step_is_kept() => Runs.AssertKeptAsync(ExampleRuns.Fresh().With(new Step
    {
        Key = StepKey.Hash("a", 3),
        Name = "a",
        Op = "StepPlanned",
        Index = 999,
        Race = true,
        Origin = s_holder,
        CreatedAt = s_now.AddMilliseconds(-1),
        State = new StepState.Planned(3, s_now, s_holder),
        Opts = RawJson.FromString("""{"type":"step.ai.infer"}"""),
        Attempts =
        [
            new AttemptRecord(0, s_now, s_now.AddTicks(1), RawJson.FromString("""{"message":"first"}""")),
            new AttemptRecord(1, s_now.AddSeconds(1), s_now.AddSeconds(2), ExampleJson.OfSize(100_000)),
            new AttemptRecord(2, s_now.AddSeconds(3), s_now.AddSeconds(4)),
        ],
    }));

    [Fact]
    public Task An_attempt_that_failed_with_null_is_not_one_that_succeeded() => Runs.AssertKeptAsync(ExampleRuns.Fresh().With(ExampleRuns.Planned("a") with
    {
        Attempts = [new AttemptRecord(0, s_now, s_now, RawJson.Null), new AttemptRecord(1, s_now, s_now)],
    }));

    [Fact]
    public Task Everything_else_in_a_run_is_kept() => Runs.AssertKeptAsync(ExampleRuns.Fresh() with
    {
        Events = [RawJson.FromString("""{"name":"one"}"""), ExampleJson.OfSize(ProtocolLimits.MaxEventBytes), RawJson.FromString("{}")],
        CreatedAt = s_now.AddTicks(3),
        MaxAttempts = 21,
        StartedAt = s_now.AddTicks(7),
        Version = 0,
        ImmediateExecutionOff = true,
        Discoveries = 17,
        Claims = ImmutableSortedDictionary<MessageId, DateTimeOffset>.Empty
            .Add(MessageId.Start, s_now)
            .Add(s_holder, s_now.AddTicks(1))
            .Add(MessageId.Numbered(long.MaxValue), s_now.AddMinutes(3)),
        NextMessage = long.MaxValue,
        StateBytes = ProtocolLimits.MaxRunStateBytes,
        CheckAt = s_now.AddDays(7),
        StartBy = s_now.AddTicks(11),
        FinishWithin = TimeSpan.FromTicks(13),
        CancelOn = [new CancelWait("shop/é", "async.data.id == event.data.id", s_now.AddDays(365)), new CancelWait("stop", null, s_now)],
    });

    [Fact]
    public async Task Events_that_joined_are_kept()
    {
        var created = await Runs.CreatedAsync(ExampleRuns.Fresh());
        var joined = await Runs.CommittedAsync(created, created.Run with { Events = created.Run.Events.Add(ExampleJson.OfSize(100_000)) });
        var replaced = await Runs.CommittedAsync(joined, joined.Run with { Events = [RawJson.FromString("""{"name":"last"}""")] });

        await Runs.AssertStoredAsync(replaced.Run);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_open_discovery_is_kept(bool retrying) => Runs.AssertKeptAsync(ExampleRuns.Fresh() with
    {
        Version = 2,
        Discoveries = 4,
        Discovery = new Discovery
        {
            Number = 3,
            AsksForEnd = !retrying,
            Attempt = 1,
            Due = s_now.AddSeconds(30),
            Origin = MessageId.Numbered(2),
            Holder = s_holder,
            Retrying = retrying
                ? new RetriedStep(StepKey.Hash("a"), "a", [new AttemptRecord(0, s_now, s_now, RawJson.FromString("""{"message":"no"}"""))])
                : null,
        },
    });

    [Fact]
    public async Task What_is_no_longer_so_is_gone()
    {
        var created = await Runs.CreatedAsync(ExampleRuns.Fresh());
        var claimed = await Runs.CommittedAsync(created, created.Run.With(ExampleRuns.InState("a", s_states["waiting for an event"])) with
        {
            Claims = created.Run.Claims.Add(s_holder, s_now),
            Discovery = new Discovery { Number = 0, Attempt = 0, Due = s_now, Origin = s_holder, Holder = s_holder },
            ImmediateExecutionOff = true,
            Discoveries = 1,
        });

        await Runs.CommittedAsync(claimed, created.Run.With(ExampleRuns.InState("a", s_states["planned"])));

        await Runs.AssertStoredAsync(created.Run.With(ExampleRuns.InState("a", s_states["planned"])));
    }

    [Theory]
    [MemberData(nameof(ExampleJson.Values), MemberType = typeof(ExampleJson))]
    public Task Any_JSON_is_kept(string json) => AssertKeptEverywhereAsync(RawJson.FromString(json));

    [Fact]
    public Task JSON_that_nests_as_deep_as_it_may_is_kept() => AssertKeptEverywhereAsync(ExampleJson.Deepest);

    [Fact]
    public Task Any_random_JSON_is_kept() => Runs.AssertKeptAsync(
        ExampleRuns.Fresh().With(Enumerable.Range(0, 90).Select(i => ExampleRuns.Done($"step {i}", ExampleJson.Random(seed: i), i))));

    [Theory]
    [MemberData(nameof(Sizes))]
    public Task An_output_of_any_size_is_kept(int bytes) => AssertKeptEverywhereAsync(ExampleJson.OfSize(bytes));

    [Fact]
    public Task Many_large_outputs_in_one_commit_are_kept() => Runs.AssertKeptAsync(
        ExampleRuns.Fresh().With(Enumerable.Range(0, 60).Select(i => ExampleRuns.Done($"step {i}", ExampleJson.OfSize(75_000 + (200 * i), i), i))));

    private async Task AssertKeptEverywhereAsync(RawJson json)
    {
        await Runs.AssertKeptAsync(ExampleRuns.Fresh().With(ExampleRuns.Done("a", json)) with { Events = [json, json] });
        await Runs.AssertKeptAsync(ExampleRuns.Fresh() with { Outcome = new RunOutcome.Completed(json, s_now) });
    }
}
