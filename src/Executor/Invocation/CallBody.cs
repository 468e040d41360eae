using System.Collections.Immutable;
using System.Text.Json;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Invocation;

/// <summary>
/// Writes the body of a call in canonical form: the members of the records stand in canonical order, the keys are sorted, and events and memos are canonical
/// as they are stored, so that nothing is parsed again.
/// </summary>
public static class CallBody
{
    // What stands around events and memos: names, ids, punctuation.
    private const int Envelope = 2_048;
    private const int EnvelopeOfStep = 140;

    /// <summary>The memos of the settled steps by step id, as calls and the API carry them.</summary>
    public static IReadOnlyDictionary<string, RawJson> Memos(Run run)
    {
        var memos = new SortedDictionary<string, RawJson>(StringComparer.Ordinal);
        foreach (var key in run.Stack)
            memos[key.Value] = ((StepState.Done)run.Steps[key].State).Memo.ToWire();

        return memos;
    }

    public static byte[] Write(AppCall call, string requestId)
    {
        var run = call.Run;
        var fetched = IsTooLarge(run);
        var request = new CallRequest
        {
            Context = new CallContext
            {
                Attempt = call.Attempt,
                DisableImmediateExecution = run.ImmediateExecutionOff,
                FunctionId = call.Item.IsDiscovery ? run.Function.Value : null,
                GenerationId = call.Generation,
                JobId = call.Job,
                MaxAttempts = run.MaxAttempts,
                QueueItemId = call.Item.IsDiscovery ? CheckpointReading.Name(run.Discovery!) : null,
                RequestId = requestId,
                RunId = run.Id.Value,
                Stack = new CallStack(run.Stack.Count, run.Stack),
                StepId = StepKey.Discovery.Value,
                UseApi = fetched,
            },
            Event = run.Events[0],
            Events = fetched ? [] : run.Events,
            Steps = fetched ? ImmutableDictionary<string, RawJson>.Empty : Memos(run),
            UseApi = fetched,
            Version = run.Version,
        };
        return JsonSerializer.SerializeToUtf8Bytes(request, ProtocolJson.Default.CallRequest);
    }

    /// <summary>Whether events and memos are left out, to be fetched by the app (<c>use_api</c>).</summary>
    public static bool IsTooLarge(Run run)
    {
        var bytes = Envelope + run.StateBytes + (EnvelopeOfStep * (long)run.Stack.Count) + run.Events[0].Length + run.Events.Sum(one => (long)one.Length);
        return bytes > ProtocolLimits.MaxCallBodyBytes;
    }
}
