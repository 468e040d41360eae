using Stepwell.Executor.Runs;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>An attempt, inside a step's row.</summary>
/// <param name="Attempt">The attempt, from 0.</param>
/// <param name="StartedAt">When it was made.</param>
/// <param name="EndedAt">When it was answered.</param>
/// <param name="Error">The error it ended with.</param>
/// <param name="FailedWithNull">Whether that error is JSON null, which in a row looks like none.</param>
internal sealed record AttemptRow(
    int Attempt,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    RawJson? Error,
    bool FailedWithNull)
{
    public static AttemptRow Of(AttemptRecord attempt) => new(attempt.Attempt, attempt.StartedAt, attempt.EndedAt, attempt.Error, attempt.Error is { IsNull: true });

    public AttemptRecord ToAttempt() => new(Attempt, StartedAt, EndedAt, FailedWithNull ? RawJson.Null : Error);
}
