namespace Stepwell.Executor.Runs;

/// <summary>One dispatch of one discovery.</summary>
public sealed record DispatchKey(int Number, int Dispatch);
