using System.Text.Json.Serialization;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

[JsonSourceGenerationOptions(MaxDepth = CanonicalJson.MaxDepth)]
[JsonSerializable(typeof(OpWire))]
[JsonSerializable(typeof(OpOptions))]
internal sealed partial class OpJson : JsonSerializerContext;
