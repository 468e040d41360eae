using Stepwell.Executor.Runs;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>An attempt, inside a step's row.</summary>
internal sealed record AttemptRow(
    int Attempt,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    RawJson? Error)
{
    public static AttemptRow Of(AttemptRecord attempt) => new(attempt.Attempt, attempt.StartedAt, attempt.EndedAt, attempt.Error);

    public AttemptRecord ToAttempt() => new(Attempt, StartedAt, EndedAt, Error);
}
