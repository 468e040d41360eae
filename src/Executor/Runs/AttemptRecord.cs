using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Runs;

/// <summary>One attempt that was made: its number from 0, when, and the error it ended with, if it failed.</summary>
public sealed record AttemptRecord(int Attempt, DateTimeOffset StartedAt, DateTimeOffset EndedAt, RawJson? Error = null);
