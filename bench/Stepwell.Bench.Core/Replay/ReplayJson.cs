using System.Text.Json.Serialization;

namespace Stepwell.Bench.Core.Replay;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WaitingListOpened))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(int))]
internal sealed partial class ReplayJson : JsonSerializerContext;
