using Stepwell.Executor.Matching;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Ends many runs because somebody asked for it.</summary>
public sealed class CancelRuns(ILiveIndex live, IRunStore runs, CancelRun cancel)
{
    // Enough to hide the latency of storage, not so many that other work waits.
    private const int Parallelism = 16;

    /// <summary>
    /// Cancels the live runs of a function. It reads every live run; one that begins meanwhile is not among them. Broken off, it has cancelled some, and may be repeated.
    /// </summary>
    /// <param name="function">The function; it need not be registered any more.</param>
    /// <param name="after">Only runs created after this; null: however old.</param>
    /// <param name="before">Only runs created before this.</param>
    /// <param name="condition">Only runs for whose first event this holds; null: all.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>How many runs it has cancelled.</returns>
    public async Task<int> RunAsync(FunctionId function, DateTimeOffset? after, DateTimeOffset before, MatchExpression? condition, CancellationToken cancellationToken)
    {
        var cancelled = 0;
        await Parallel.ForEachAsync(
            live.AllAsync(cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (entry, stopped) =>
            {
                if (await runs.ReadAsync(entry.Run, stopped) is ReadRunOutcome.Found { Run: { IsLive: true } run } && IsMeant(run)
                    && await cancel.CancelAsync(run.Id, "cancelled over the API, with others", stopped) is { Outcome: RunOutcome.Cancelled })
                    Interlocked.Increment(ref cancelled);
            });
        return cancelled;

        bool IsMeant(Run run) =>
            run.Function == function && !(run.CreatedAt <= after) && run.CreatedAt < before
            && (condition is null || condition.IsTrue(MatchInput.OfEvent(run.Events[0], run.CreatedAt)));
    }
}
