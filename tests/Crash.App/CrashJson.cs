using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stepwell.Crash.App;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(Gift))]
[JsonSerializable(typeof(Parcel))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(LedgerLine))]
public sealed partial class CrashJson : JsonSerializerContext;
