using System.Text.Json.Serialization;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

[JsonSourceGenerationOptions(MaxDepth = ProtocolJson.MaxDepth, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(StepRecord))]
[JsonSerializable(typeof(List<RawJson>))]
[JsonSerializable(typeof(AppRecord))]
[JsonSerializable(typeof(List<StartedRunRow>))]
internal sealed partial class RowJson : JsonSerializerContext;
