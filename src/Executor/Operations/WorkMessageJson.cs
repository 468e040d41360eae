using System.Text.Json.Serialization;

namespace Stepwell.Executor.Operations;

[JsonSerializable(typeof(WorkMessageText.StartsWire))]
[JsonSerializable(typeof(WorkMessageText.Wire))]
internal sealed partial class WorkMessageJson : JsonSerializerContext;
