using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Ops;

[JsonSourceGenerationOptions(MaxDepth = ProtocolJson.MaxDepth)]
[JsonSerializable(typeof(OpWire))]
[JsonSerializable(typeof(OpOptions))]
internal sealed partial class OpJson : JsonSerializerContext;
