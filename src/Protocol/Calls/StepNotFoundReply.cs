using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Calls;

/// <summary>The body of the 500 with which an app says that it did not reach the step that was asked for.</summary>
public sealed record StepNotFoundReply(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("requestedStep")] string RequestedStep,
    [property: JsonPropertyName("foundSteps")] IReadOnlyList<FoundStep> FoundSteps,
    [property: JsonPropertyName("totalFoundSteps")] int TotalFoundSteps);
