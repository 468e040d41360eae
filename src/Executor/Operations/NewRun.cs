using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>A run that an event starts, and whether it was created just now.</summary>
public sealed record NewRun(RunId Id, FunctionId Function, bool IsNew);
