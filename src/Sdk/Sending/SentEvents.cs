using System.Text.Json.Serialization;

namespace Stepwell.Sdk;

/// <summary>The memo of a step that sent events.</summary>
internal sealed record SentEvents([property: JsonPropertyName("ids")] IReadOnlyList<string> Ids);

[JsonSerializable(typeof(SentEvents))]
[JsonSerializable(typeof(SentSignal))]
[JsonSerializable(typeof(SignalReply))]
[JsonSerializable(typeof(FetchResponse))]
[JsonSerializable(typeof(CronTick))]
[JsonSerializable(typeof(FunctionFailed))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
internal sealed partial class SdkJson : JsonSerializerContext;
