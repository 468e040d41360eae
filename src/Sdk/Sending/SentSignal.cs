using System.Text.Json.Serialization;

namespace Stepwell.Sdk;

/// <summary>The memo of a step that sent a signal: the run that got it, if one did.</summary>
internal sealed record SentSignal([property: JsonPropertyName("runId"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RunId);
