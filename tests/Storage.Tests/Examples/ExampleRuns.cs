using System.Collections.Immutable;
using System.Globalization;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Storage.Tests.Examples;

/// <summary>Runs to store. Nothing depends on what they mean, only on what comes back.</summary>
internal static class ExampleRuns
{
    /// <summary>A time that uses all the digits a clock gives.</summary>
    public static readonly DateTimeOffset Now = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 891, TimeSpan.Zero).AddTicks(2_345);

    public static Run Fresh() => new()
    {
        Id = NewId(),
        Function = FunctionId.Parse("shop-invite"),
        EventId = NewUlid(),
        Events = [RawJson.FromString("""{"data":{"n":1},"name":"go"}""")],
        CreatedAt = Now,
        MaxAttempts = 5,
        CheckAt = Now.AddMinutes(2),
    };

    public static RunId NewId() => RunId.Parse(NewUlid());

    public static string NewUlid() => Ulid.NewUlid().ToString();

    /// <summary>A step that waits for its call.</summary>
    public static Step Planned(string id, int index = 0) => InState(id, new StepState.Planned(0, Now.AddSeconds(5), MessageId.Numbered(7)), index);

    /// <summary>A step that is done, as the one at this place in the order of completion.</summary>
    public static Step Done(string id, RawJson value, int order = 0) => InState(id, new StepState.Done(new Memo.Data(value), order, Now.AddSeconds(order)), order);

    public static Step InState(string id, StepState state, int index = 0) => new()
    {
        Key = StepKey.Hash(id),
        Name = id,
        Op = "StepRun",
        Index = index,
        Origin = MessageId.Numbered(3),
        CreatedAt = Now,
        State = state,
    };

    /// <summary>The run with these steps in place of those of the same key.</summary>
    public static Run With(this Run run, params IEnumerable<Step> steps)
    {
        var all = run.Steps.SetItems(steps.Select(step => KeyValuePair.Create(step.Key, step)));
        return run with
        {
            Steps = all,
            Stack = [.. all.Values.Where(step => step.State is StepState.Done).OrderBy(step => ((StepState.Done)step.State).Order).Select(step => step.Key)],
        };
    }

    /// <summary>The run with so many steps done, whose values all name the generation.</summary>
    public static Run WithGeneration(this Run run, int steps, int generation) => run.With(
        Enumerable.Range(0, steps).Select(i => Done(string.Create(CultureInfo.InvariantCulture, $"step {i}"), Number(generation), i))) with
    { StateBytes = generation };

    /// <summary>The generations that the steps of a run name, each once.</summary>
    public static ImmutableHashSet<string> Generations(this Run run) =>
        [.. run.Steps.Values.Select(step => ((StepState.Done)step.State).Memo.Content.ToString())];

    public static RawJson Number(int number) => RawJson.FromString(number.ToString(CultureInfo.InvariantCulture));
}
