using System.Collections.Immutable;
using System.Text.Json;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Invocation;

/// <summary>The ops of a 206, with their data in canonical form.</summary>
internal static class OpReading
{
    /// <param name="body">The body of the answer.</param>
    /// <param name="place">Says in sentences which answer it was.</param>
    /// <exception cref="JsonException">The body holds no ops, or too many.</exception>
    public static ImmutableArray<Op> Read(ReadOnlyMemory<byte> body, string place)
    {
        var json = CanonicalJson.Canonicalize(body);
        var ops = json.Utf8.Span[0] == (byte)'{'
            ? [JsonSerializer.Deserialize(json.Utf8.Span, ProtocolJson.Default.Op)!]
            : JsonSerializer.Deserialize(json.Utf8.Span, ProtocolJson.Default.IReadOnlyListOp) ?? throw new JsonException("The answer is null instead of an array of ops.");
        if (ops.Count > ProtocolLimits.MaxSteps)
            throw new JsonException($"The answer holds {ops.Count} ops; the most is {ProtocolLimits.MaxSteps}.");

        return [.. ops.Select(op => Locate(UnsupportedOps.Replace(Limit(Require(op))), place))];
    }

    public static RawJson TooLarge(string what, long bytes) => RunFailures.Of(
        "output_too_large",
        $"{what} has {bytes} bytes; the limit is {ProtocolLimits.MaxStepOutputBytes}. Store large results elsewhere and return a reference.").ToJson();

    // A JSON null fills a place in a list whatever its type says.
    private static Op Require(Op? op) => op switch
    {
        null => throw new JsonException("An op is null."),
        { Id.IsDiscovery: true } => throw new JsonException($"The op {op.Code} has the id '{op.Id}', which names the function itself."),
        _ => op,
    };

    private static Op Locate(Op op, string place) => op is UnknownOp unknown ? unknown with { Problem = $"{place}. {unknown.Problem}" } : op;

    private static Op Limit(Op op) => op switch
    {
        StepRunOp { Data.Length: > ProtocolLimits.MaxStepOutputBytes } run =>
            new StepErrorOp { Id = op.Id, Name = op.Name, DisplayName = op.DisplayName, Userland = op.Userland, Timing = op.Timing, Race = op.Race, Error = TooLarge($"The output of step '{op.Title}'", run.Data.Length) },
        _ => op,
    };
}
