using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>What apps answer, and small functions made of steps.</summary>
internal static class Answers
{
    public static AppAnswer Reported(params Op[] ops) => new AppAnswer.Reported(2, [.. ops], RetryAdvice.Silent);

    public static AppAnswer Returned(string json) => new AppAnswer.Returned(RawJson.FromString(json));

    public static AppAnswer Broken(string message) => new AppAnswer.Broken(RunFailures.Of("Error", message).ToJson(), RetryAdvice.Silent);

    public static Op Ran(string step, string json = "1") => new StepRunOp { Id = StepKey.Hash(step), Name = step, Data = RawJson.FromString(json) };

    public static Op Planned(string step) => new StepPlannedOp { Id = StepKey.Hash(step), Name = step };

    public static Op Slept(string step, string until) => new SleepOp { Id = StepKey.Hash(step), Name = step, Until = until };

    public static Op Waited(string step, string name, string? condition = null, string timeout = "1h") =>
        new WaitForEventOp { Id = StepKey.Hash(step), DisplayName = step, Event = name, Timeout = timeout, If = condition };

    public static Op Signalled(string step, string signal, bool replace = false) =>
        new WaitForSignalOp { Id = StepKey.Hash(step), DisplayName = step, Signal = signal, Timeout = "1h", Replace = replace };

    public static Op Invoked(string step, string function, string payload = """{"data":{"n":21}}""", string? timeout = null) => new InvokeFunctionOp
    {
        Id = StepKey.Hash(step),
        DisplayName = step,
        Function = FunctionId.Parse(function),
        Timeout = timeout,
        Opts = RawJson.FromString($$"""{"function_id":"{{function}}","payload":{{payload}}}"""),
    };

    public static bool Has(this Run run, string step) => run.Stack.Contains(StepKey.Hash(step));

    /// <summary>A function of one step after the other; returns how many there were.</summary>
    public static Func<AppCall, CancellationToken, Task<AppAnswer>> Sequence(params string[] steps) => (call, _) =>
        Task.FromResult(steps.FirstOrDefault(step => !call.Run.Has(step)) is { } next ? Reported(Ran(next)) : Returned($"{steps.Length}"));

    /// <summary>A function that sleeps, and then returns.</summary>
    public static Func<AppCall, CancellationToken, Task<AppAnswer>> Sleep(string until) => (call, _) =>
        Task.FromResult(call.Run.Has("sleep") ? Returned("\"awake\"") : Reported(Slept("sleep", until)));

    /// <summary>A function that waits for something, and then returns what it got: the memo as apps get it.</summary>
    public static Func<AppCall, CancellationToken, Task<AppAnswer>> Wait(Op wait) => (call, _) =>
        Task.FromResult(call.Run.Has(wait.Id) is { } memo ? Returned(memo.ToWire().ToString()) : Reported(wait));

    private static Memo? Has(this Run run, StepKey key) => run.Steps.TryGetValue(key, out var step) && step.State is StepState.Done done ? done.Memo : null;

    /// <summary>A function of steps side by side, named by their numbers from 0; returns how many there were.</summary>
    public static Func<AppCall, CancellationToken, Task<AppAnswer>> Parallel(int steps) => (call, _) => Task.FromResult(ParallelAnswer(call, steps));

    public static AppAnswer ParallelAnswer(AppCall call, int steps) => call switch
    {
        { Item.IsDiscovery: false } => Reported(new StepRunOp { Id = call.Item, Data = RawJson.FromString("1") }),
        { Run.Stack.Count: 0 } => Reported([.. Enumerable.Range(0, steps).Select(step => Planned($"{step}"))]),
        _ => Returned($"{call.Run.Stack.Count}"),
    };
}
