using System.Text.Json.Serialization;
using Stepwell.Executor.FlowControl;

namespace Stepwell.Executor.Operations;

[JsonSerializable(typeof(RateState))]
[JsonSerializable(typeof(SlotState))]
[JsonSerializable(typeof(PlaceState))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(string))]
internal sealed partial class GateJson : JsonSerializerContext;
