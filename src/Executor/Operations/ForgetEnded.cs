using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Operations;

/// <summary>
/// Removes what ended long ago: runs a time after their end (<see cref="EngineOptions.Retention"/>), and events when none of the runs that they started is left. Every
/// run was started by an event, so that the old events lead to all of them. In small passes: what one does not come to, the next does; and when one has come to the
/// end of them, there is an hour of rest, as what lives longer would be read again and again.
/// </summary>
public sealed class ForgetEnded(IEventStore events, IRunStore runs, TimeProvider time, EngineOptions options)
{
    private const int PageSize = 100;
    private const int MostPages = 20;
    private static readonly TimeSpan s_rest = TimeSpan.FromHours(1);

    // Where the last pass came to: events that have to stay would hide others from it otherwise.
    private string? _last;
    private DateTimeOffset _restsUntil;

    /// <summary>Makes one pass. Returns the number of runs and events that it removed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (options.Retention is not { } retention || now < _restsUntil)
            return 0;

        var removed = 0;
        var before = now - retention;
        for (var page = 0; page < MostPages; page++)
        {
            var old = await events.ListAsync(new EventQuery(PageSize, ReceivedBefore: before, Cursor: _last), cancellationToken);
            await SideBySide.ForEachAsync(
                old, async happened => Interlocked.Add(ref removed, await ForgetAsync(happened, before, cancellationToken)), cancellationToken);
            _last = old.Length == PageSize ? old[^1].InternalId : null;
            if (_last is null)
            {
                _restsUntil = now + s_rest;
                break;
            }
        }

        return removed;
    }

    private async Task<int> ForgetAsync(StoredEvent happened, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        var isNeeded = false;
        foreach (var started in happened.Runs)
        {
            switch (await runs.ReadAsync(started.Run, cancellationToken))
            {
                case ReadRunOutcome.Found { Run: var run } when run.EndedAt is not { } at || at >= before:
                    isNeeded = true;
                    break;
                case ReadRunOutcome.Found:
                    await runs.RemoveAsync(started.Run, cancellationToken);
                    removed++;
                    break;
                default:
                    // Another event that started it was first, or an earlier pass that was broken off: then it is removed to its end.
                    await runs.RemoveAsync(started.Run, cancellationToken);
                    break;
            }
        }

        if (isNeeded)
            return removed;

        await events.RemoveAsync(happened.InternalId, cancellationToken);
        return removed + 1;
    }
}
