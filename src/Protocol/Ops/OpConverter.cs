using System.Text.Json;
using System.Text.Json.Serialization;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>Reads and writes ops as JSON objects.</summary>
public sealed class OpConverter : JsonConverter<Op>
{
    // Otherwise a null in a list of ops would be a null in the list.
    public override bool HandleNull => true;

    public override Op Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var wire = JsonSerializer.Deserialize(ref reader, OpJson.Default.OpWire) ?? throw new JsonException("An op is null.");
        if (!StepKey.TryParse(wire.Id, out var id))
            throw new JsonException($"The op {wire.Op ?? "(none)"} has the id '{wire.Id}', which is not a step id.");

        OpOptions opts;
        try
        {
            opts = OpOptions.Read(wire.Opts ?? RawJson.Null);
        }
        catch (JsonException problem)
        {
            return Describe(Unknown(wire, id, $"its opts cannot be read: {JsonProblem.Of(problem).TrimEnd('.')}"), wire, new OpOptions());
        }

        return Describe(FromWire(wire, id, opts), wire, opts);
    }

    public override void Write(Utf8JsonWriter writer, Op value, JsonSerializerOptions options)
    {
        var wire = new OpWire
        {
            Id = value.Id.Value,
            Op = value.Code,
            Name = value.Name,
            DisplayName = value.DisplayName,
            Userland = value.Userland,
            Timing = value.Timing,
            Opts = value.Opts.IsNull ? null : value.Opts,
            Data = value switch
            {
                StepRunOp op => op.Data,
                StepOp op => op.Data,
                RunCompleteOp op => op.Data,
                SyncRunCompleteOp op => op.Data,
                _ => null,
            },
            Error = value switch
            {
                StepErrorOp op => op.Error,
                StepFailedOp op => op.Error,
                _ => null,
            },
        };
        JsonSerializer.Serialize(writer, wire, OpJson.Default.OpWire);
    }

    private static Op FromWire(OpWire wire, StepKey id, OpOptions opts)
    {
        var data = wire.Data ?? RawJson.Null;
        var error = wire.Error ?? RawJson.Null;
        switch (wire.Op)
        {
            case OpCode.StepRun: return new StepRunOp { Id = id, Data = data };
            case OpCode.Step: return new StepOp { Id = id, Data = data };
            case OpCode.StepPlanned: return new StepPlannedOp { Id = id };
            case OpCode.StepError: return new StepErrorOp { Id = id, Error = error };
            case OpCode.StepFailed: return new StepFailedOp { Id = id, Error = error };
            case OpCode.StepNotFound: return new StepNotFoundOp { Id = id };
            case OpCode.Sleep: return new SleepOp { Id = id, Until = opts.Duration ?? wire.Name ?? "" };
            case OpCode.WaitForEvent when (opts.Event ?? wire.Name) is { Length: > 0 } name:
                return new WaitForEventOp { Id = id, Event = name, Timeout = opts.Timeout ?? "", If = opts.If };
            case OpCode.WaitForEvent:
                return Unknown(wire, id, "it names no event");
            case OpCode.WaitForSignal when opts.Signal is { Length: > 0 } signal:
                return new WaitForSignalOp { Id = id, Signal = signal, Timeout = opts.Timeout ?? "", Replace = opts.Conflict == "replace" };
            case OpCode.WaitForSignal:
                return Unknown(wire, id, "it names no signal");
            case OpCode.InvokeFunction when FunctionId.TryParse(opts.FunctionId, out var function):
                return new InvokeFunctionOp { Id = id, Function = function, Payload = opts.Payload ?? RawJson.Null, Timeout = opts.Timeout };
            case OpCode.InvokeFunction:
                return Unknown(wire, id, "it names no function");
            case OpCode.AIGateway: return new AIGatewayOp { Id = id };
            case OpCode.Gateway: return new GatewayOp { Id = id };
            case OpCode.RunComplete: return new RunCompleteOp { Id = id, Data = data };
            case OpCode.SyncRunComplete: return new SyncRunCompleteOp { Id = id, Data = data };
            case OpCode.DiscoveryRequest: return new DiscoveryRequestOp { Id = id };
            case OpCode.DeferAdd: return new DeferAddOp { Id = id };
            case OpCode.DeferAbort: return new DeferAbortOp { Id = id };
            case OpCode.None: return new NoneOp { Id = id };
            default: return Unknown(wire, id, "its code is not known");
        }
    }

    private static Op Describe(Op op, OpWire wire, OpOptions opts) => op with
    {
        Name = wire.Name,
        DisplayName = wire.DisplayName,
        Userland = wire.Userland,
        Timing = wire.Timing,
        Opts = wire.Opts ?? RawJson.Null,
        Race = opts.ParallelMode == "race",
    };

    private static UnknownOp Unknown(OpWire wire, StepKey id, string problem) =>
        new() { Id = id, SentCode = wire.Op ?? "", Problem = $"The op '{wire.Op}' of step {id} cannot be used: {problem}." };
}
