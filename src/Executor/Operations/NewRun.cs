using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>A run that an event starts.</summary>
/// <param name="Id">The run.</param>
/// <param name="Function">Its function.</param>
/// <param name="IsNew">Whether it was created just now.</param>
/// <param name="Starts">Whether it is still to be set going: not if it is skipped, or the event joined it.</param>
/// <param name="StartAt">When it is to be set going; null: at once.</param>
/// <param name="Known">The run as it was created here; null when it was not.</param>
public sealed record NewRun(RunId Id, FunctionId Function, bool IsNew, bool Starts = true, DateTimeOffset? StartAt = null, ReadRunOutcome.Found? Known = null);
