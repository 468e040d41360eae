using System.Text.Json;
using System.Text.Json.Serialization;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>The members of an op's <c>opts</c> that have a meaning to the executor.</summary>
internal sealed record OpOptions
{
    [JsonPropertyName("parallelMode"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ParallelMode { get; init; }

    [JsonPropertyName("duration"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Duration { get; init; }

    [JsonPropertyName("event"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Event { get; init; }

    [JsonPropertyName("timeout"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Timeout { get; init; }

    [JsonPropertyName("if"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? If { get; init; }

    [JsonPropertyName("signal"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Signal { get; init; }

    [JsonPropertyName("conflict"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Conflict { get; init; }

    [JsonPropertyName("function_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FunctionId { get; init; }

    [JsonPropertyName("payload"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Payload { get; init; }

    [JsonPropertyName("type"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>Reads <c>opts</c>; members of another type than expected make the whole unreadable.</summary>
    /// <exception cref="JsonException">A member has another type than expected.</exception>
    public static OpOptions Read(RawJson opts) =>
        opts.Utf8.Span[0] == (byte)'{' ? JsonSerializer.Deserialize(opts.Utf8.Span, OpJson.Default.OpOptions)! : new OpOptions();
}
