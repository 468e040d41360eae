using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Bench.Core.Examples;

/// <summary>Runs as the run core itself makes them, step by step.</summary>
internal static class ExampleRuns
{
    public const string Function = "shop-invitations";

    public static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly Handling s_handling = new() { Message = MessageId.Start, ClaimLength = TimeSpan.FromSeconds(30) };
    private static readonly CallTimes s_times = new(Now, Now.AddMilliseconds(20));

    /// <summary>A run that has just been started.</summary>
    public static Run Fresh() => Starting.Create(
        RunId.Parse("01KB1Q2M00000000000000RN00"), FunctionId.Parse(Function), "01KB1Q2M00000000000000EV00", [ExampleEvents.Stored], 5, Now, s_handling.ClaimLength);

    /// <summary>A run of which so many steps are done, one after the other; its function is to be called to go on.</summary>
    public static Run Sequence(int done)
    {
        var run = Fresh();
        for (var place = 0; place < done; place++)
            run = RunDecider.Decide(run, HasRun(run, place), Now).Run;

        return run;
    }

    /// <summary>A run of so many steps side by side, of which the first half is done.</summary>
    public static Run HalfDone(int steps)
    {
        var fresh = Fresh();
        var run = RunDecider.Decide(fresh, HasFound(fresh, steps), Now).Run;
        for (var place = 0; place < steps / 2; place++)
            run = RunDecider.Decide(run, HasReturned(run, place), Now).Run;

        return run;
    }

    /// <summary>The function came to one more step, which was run in the same call.</summary>
    public static Fact HasRun(Run run, int place) => Found(run, [Ran(place)]);

    /// <summary>The function came to so many steps at once.</summary>
    public static Fact HasFound(Run run, int steps) => Found(run, [.. Enumerable.Range(0, steps).Select(Planned)]);

    /// <summary>The call for one of the steps was answered, to the handling that holds it.</summary>
    public static Fact HasReturned(Run run, int place)
    {
        var key = ExampleSteps.KeyOf(place);
        var holder = PendingItems.Find(run, key)!.Holder;
        return new Fact.StepReturned(new CallKey(key, 0, 0, run.Stack.Count), s_times, Ran(place), RetryAdvice.Silent) { By = s_handling with { Message = holder.Message, Holder = holder } };
    }

    /// <summary>The call that lets the function of a run go on.</summary>
    public static AppCall CallOf(Run run) => new(new Uri($"http://shop.example/api/stepwell?fnId={Function}&stepId=step"), run, StepKey.Discovery, 0);

    private static Fact.Discovered Found(Run run, IReadOnlyList<Op> ops)
    {
        var open = run.Discovery!;
        return new Fact.Discovered(new CallKey(open.Key, open.Number, open.Attempt, run.Stack.Count, open.Dispatch), s_times, 2, [.. ops], RetryAdvice.Silent) { By = s_handling };
    }

    private static StepRunOp Ran(int place) =>
        new() { Id = ExampleSteps.KeyOf(place), Name = ExampleSteps.NameOf(place), DisplayName = ExampleSteps.NameOf(place), Data = ExampleSteps.ResultOf(place) };

    private static StepPlannedOp Planned(int place) =>
        new() { Id = ExampleSteps.KeyOf(place), Name = ExampleSteps.NameOf(place), DisplayName = ExampleSteps.NameOf(place) };
}
