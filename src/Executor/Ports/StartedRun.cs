using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Ports;

/// <summary>A run that an event starts.</summary>
public sealed record StartedRun(RunId Run, FunctionId Function);
