using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stepwell.Executor.Invocation;

internal sealed record StreamedBody(
    [property: JsonPropertyName("status")] int? Status,
    [property: JsonPropertyName("headers")] Dictionary<string, JsonElement>? Headers,
    [property: JsonPropertyName("body")] JsonElement? Body,
    [property: JsonPropertyName("error")] JsonElement? Error);

[JsonSerializable(typeof(StreamedBody))]
internal sealed partial class StreamedAnswerJson : JsonSerializerContext;
