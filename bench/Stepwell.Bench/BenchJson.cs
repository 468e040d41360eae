using System.Text.Json;
using System.Text.Json.Serialization;
using Stepwell.Bench.Executor;
using Stepwell.Bench.Results;

namespace Stepwell.Bench;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Counters))]
[JsonSerializable(typeof(BenchResults))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class BenchJson : JsonSerializerContext;
