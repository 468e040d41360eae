using System.Text.Json.Serialization;

namespace Stepwell.Samples.WaitingList.Watch;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Answers.Dev))]
[JsonSerializable(typeof(Answers.Sent))]
[JsonSerializable(typeof(Answers.Envelope<Answers.Run>))]
[JsonSerializable(typeof(Answers.Envelope<Answers.Run[]>))]
[JsonSerializable(typeof(CurrentEvent))]
public sealed partial class AnswersJson : JsonSerializerContext;
