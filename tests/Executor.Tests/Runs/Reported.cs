using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>The ops that an app reports, by the name of their step.</summary>
internal static class Reported
{
    public static StepRunOp Ran(string step, string json = "1", bool race = false) => new() { Id = Key(step), Name = step, Data = Json(json), Race = race };

    public static StepOp LegacyRan(string step, string json) => new() { Id = Key(step), Name = step, Data = Json(json) };

    public static StepPlannedOp Planned(string step, bool race = false) => new() { Id = Key(step), Name = step, Race = race };

    public static StepErrorOp Error(string step, string message = "broken", bool race = false) =>
        new() { Id = Key(step), Name = step, Error = FailureOf(message), Race = race };

    public static StepFailedOp Failed(string step, string message = "broken", bool race = false) =>
        new() { Id = Key(step), Name = step, Error = FailureOf(message), Race = race };

    public static SleepOp Sleep(string step, string until, bool race = false) => new() { Id = Key(step), DisplayName = step, Until = until, Race = race };

    public static WaitForEventOp WaitForEvent(string step, string name, string timeout = "1h", string? condition = null, bool race = false) =>
        new() { Id = Key(step), DisplayName = step, Event = name, Timeout = timeout, If = condition, Race = race };

    public static WaitForSignalOp WaitForSignal(string step, string signal, string timeout = "1h", bool replace = false) =>
        new() { Id = Key(step), DisplayName = step, Signal = signal, Timeout = timeout, Replace = replace };

    public static InvokeFunctionOp Invoke(string step, string function, string? timeout = null, string opts = "{}") =>
        new() { Id = Key(step), DisplayName = step, Function = FunctionId.Parse(function), Timeout = timeout, Opts = Json(opts) };

    public static GatewayOp Gateway(string step, string opts = "{}") => new() { Id = Key(step), DisplayName = step, Opts = Json(opts) };

    public static AIGatewayOp AIGateway(string step, string opts = "{}") => new() { Id = Key(step), DisplayName = step, Opts = Json(opts) };

    public static RunCompleteOp Complete(string json = "1") => new() { Id = StepKey.Complete, Data = Json(json) };

    public static SyncRunCompleteOp SyncComplete(string json = "1") => new() { Id = StepKey.Complete, Data = Json(json) };

    public static DiscoveryRequestOp DiscoveryRequest() => new() { Id = Key("discovery-request") };

    public static DeferAddOp DeferAdd(string step = "deferred") => new() { Id = Key(step) };

    public static DeferAbortOp DeferAbort(string step = "deferred") => new() { Id = Key(step) };

    public static NoneOp None(string step = "none") => new() { Id = Key(step) };

    public static StepNotFoundOp NotFound(string step) => new() { Id = Key(step), Name = step };

    public static UnknownOp Unknown(string step, string code = "Teleport") =>
        new() { Id = Key(step), SentCode = code, Problem = $"The op '{code}' of step {step} cannot be used: its code is not known." };

    public static StepKey Key(string step) => StepKey.Hash(step);

    public static RawJson Json(string json) => RawJson.FromString(json);

    public static RawJson FailureOf(string message) => RunFailures.Of("Error", message).ToJson();
}
