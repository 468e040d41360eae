using System.Text.Json.Serialization;
using Stepwell.Protocol.Ids;

namespace Stepwell.Protocol.Calls;

/// <summary>The steps that have a memo, in order of completion; <paramref name="Current"/> is their number.</summary>
public sealed record CallStack(
    [property: JsonPropertyName("current")] int Current,
    [property: JsonPropertyName("stack")] IReadOnlyList<StepKey>? Stack);
