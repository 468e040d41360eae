using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>
/// Removes what ended long ago: runs a time after their end (<see cref="EngineOptions.Retention"/>), and events when none of the runs that they started is left. Every
/// run was started by an event, so that the old events lead to all of them. In small passes: what one does not come to, the next does; and when one has come to the
/// end of them, there is an hour of rest, as what lives longer would be read again and again.
/// </summary>
public sealed class ForgetEnded(IEventStore events, IRunStore runs, TimeProvider time, EngineOptions options, ILogger<ForgetEnded> logger)
{
    private const int PageSize = 100;
    private const int MostPages = 20;
    private static readonly TimeSpan s_rest = TimeSpan.FromHours(1);

    // Where the last pass came to: events that have to stay would hide others from it otherwise.
    private string? _last;
    private DateTimeOffset _restsUntil;

    /// <summary>Makes one pass. Returns the number of events that it removed.</summary>
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
            removed += await ForgetAsync(old, before, cancellationToken);
            _last = old.Length == PageSize ? old[^1].InternalId : null;
            if (_last is null)
            {
                _restsUntil = now + s_rest;
                break;
            }
        }

        return removed;
    }

    private async Task<int> ForgetAsync(ImmutableArray<StoredEvent> old, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // Events that were gathered share a run.
        var staying = new ConcurrentDictionary<RunId, bool>();
        await SideBySide.ForEachAsync(
            old.SelectMany(happened => happened.Runs).Select(started => started.Run).Distinct(),
            async run =>
            {
                // One that is not there is removed too: an earlier pass may have been broken off in the middle of it.
                if (await IsOverAsync(run, before, cancellationToken))
                    await runs.RemoveAsync(run, cancellationToken);
                else
                    staying[run] = true;
            },
            cancellationToken);
        var gone = old.Where(happened => !happened.Runs.Any(started => staying.ContainsKey(started.Run))).ToList();
        await SideBySide.ForEachAsync(gone, happened => events.RemoveAsync(happened.InternalId, cancellationToken), cancellationToken);
        return gone.Count;
    }

    private async Task<bool> IsOverAsync(RunId id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        try
        {
            return await runs.ReadAsync(id, cancellationToken) is not ReadRunOutcome.Found { Run: var run } || run.EndedAt < before;
        }
        catch (InvalidDataException unreadable)
        {
            // Of a newer executor, say. It stays, and keeps no other from going.
            logger.RunNotForgotten(unreadable, id);
            return false;
        }
    }
}
