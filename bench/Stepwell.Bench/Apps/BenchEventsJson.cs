using System.Text.Json.Serialization;

namespace Stepwell.Bench.Apps;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BenchEvents.Sequence))]
[JsonSerializable(typeof(BenchEvents.FanOut))]
[JsonSerializable(typeof(BenchEvents.Nap))]
[JsonSerializable(typeof(BenchEvents.Wake))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
internal sealed partial class BenchEventsJson : JsonSerializerContext;
