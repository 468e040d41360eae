namespace Stepwell.Executor.Ports;

/// <summary>Names one stored state of a run; a commit succeeds only on the newest. Opaque (an ETag).</summary>
public readonly record struct RunVersion(string Value);
