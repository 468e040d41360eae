using System.Text.Json.Serialization;

namespace Stepwell.Executor.Operations;

[JsonSerializable(typeof(string[][]))]
internal sealed partial class WaitJson : JsonSerializerContext;
