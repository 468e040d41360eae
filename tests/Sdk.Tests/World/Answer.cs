using System.Text;
using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Serving;

namespace Stepwell.Sdk.Tests.World;

/// <summary>What the app answered, read as the executor reads it.</summary>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static Answer Of(ServeResponse response) => new(response.Status, response.Headers, Encoding.UTF8.GetString(response.Body.Span));

    public IReadOnlyList<Op> Ops => Status == 206
        ? JsonSerializer.Deserialize(Body, ProtocolJson.Default.IReadOnlyListOp)!
        : throw new InvalidOperationException($"The app reported no ops but answered {Status}: {Body}");

    /// <summary>The ops as text: <c>StepPlanned a, Sleep b:1</c>.</summary>
    public string Reported => string.Join(", ", Ops.Select(op => $"{op.Code} {NameOf(op)}"));

    public Failure Failure => Failure.FromJson(RawJson.FromString(Body));

    public string? NoRetry => Headers.GetValueOrDefault(ProtocolHeaders.NoRetry);

    public string? RetryAfter => Headers.GetValueOrDefault(ProtocolHeaders.RetryAfter);

    /// <summary>A step's id with its repetition, as it is hashed.</summary>
    public static string NameOf(Op op) => op.Userland is { Index: { } index } ? $"{op.Userland.Id}:{index}" : op.Userland!.Id;

    /// <summary>The function's result as JSON.</summary>
    public string Result() => Status == 200 ? Body : throw new InvalidOperationException($"The function did not return; the app answered {Status}: {Body}");
}
