using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>A run that an event started, inside the event's row.</summary>
internal sealed record StartedRunRow(RunId Run, FunctionId Function);
