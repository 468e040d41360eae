using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Invocation;

/// <summary>Reads the body of a checkpoint.</summary>
public static class CheckpointReading
{
    /// <summary>What a call carries as <c>qi_id</c>, and its checkpoints bring back.</summary>
    public static string Name(Discovery discovery) => string.Create(CultureInfo.InvariantCulture, $"{discovery.Number}.{discovery.Dispatch}");

    /// <summary>The dispatch of discovery that the call carried, and the steps in canonical form.</summary>
    /// <exception cref="RefusedException">Something is wrong; the message names the field and the value.</exception>
    public static (DispatchKey Dispatch, ImmutableArray<Op> Ops) Read(ReadOnlyMemory<byte> body)
    {
        var request = Parse(body);
        if (request.QueueItemId?.Split('.') is not [var number, var dispatch] || !Read(number, out var discovery) || !Read(dispatch, out var count))
            throw new RefusedException($"qi_id is '{request.QueueItemId}'; it must be that of the call.");

        var ops = request.Steps ?? [];
        if (ops.Count > ProtocolLimits.MaxSteps)
            throw new RefusedException($"steps holds {ops.Count} ops; the most is {ProtocolLimits.MaxSteps}.");

        if (ops.FirstOrDefault(op => !Checkpointing.Takes(op)) is { } other)
            throw new RefusedException($"steps holds the op '{other.Code}' of step '{other.Title}'; only steps that have been run are checkpointed, others end the call.");

        return (new DispatchKey(discovery, count), [.. ops]);

        static bool Read(string digits, out int value) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static Protocol.Calls.CheckpointRequest Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(CanonicalJson.Canonicalize(body).Utf8.Span, ProtocolJson.Default.CheckpointRequest)
                ?? throw new RefusedException("The body is null; it must be a checkpoint (an object).");
        }
        catch (JsonException exception)
        {
            throw new RefusedException($"The body cannot be read as a checkpoint: {JsonProblem.Of(exception)}");
        }
    }
}
