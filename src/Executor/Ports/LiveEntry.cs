using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Ports;

/// <summary>A row of the live index: when the sweep is to look at which run.</summary>
public sealed record LiveEntry(RunId Run, DateTimeOffset CheckAt);
