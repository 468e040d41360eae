using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Looks at the live runs whose time for it has come, and sends the hints of what is long overdue again. Even an emptied queue loses nothing.</summary>
public sealed class Sweep(ILiveIndex live, IRunStore runs, LookAtWait look, WorkSender sender, TellEnd tellEnd, TimeProvider time, ILogger<Sweep> logger)
{
    private const int PageSize = 500;

    // So many failures one after the other say that it is the storage, not the runs. A row of another version is not one: the storage has answered.
    private const int FailuresInSuccession = 10;

    // Tells rows of runs that were not there from all others, as that of AskToLook does.
    private static readonly TimeSpan s_missed = TimeSpan.FromTicks(2);

    /// <summary>Makes one pass. A run that cannot be looked at keeps no other from it. Returns the number of runs whose hints were sent again.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var failed = new ConcurrentDictionary<RunId, bool>();
        var (resent, inSuccession) = (0, 0);
        while (true)
        {
            var page = await live.DueAsync(began, PageSize, cancellationToken);
            var left = page.GroupBy(entry => entry.Run).Where(rows => !failed.ContainsKey(rows.Key)).ToList();
            await SideBySide.ForEachAsync(left, TryLookAsync, cancellationToken);
            if (page.Length < PageSize || left.Count == 0)
                return resent;
        }

        async Task TryLookAsync(IGrouping<RunId, LiveEntry> rows)
        {
            try
            {
                var read = await runs.ReadAsync(rows.Key, cancellationToken);
                Volatile.Write(ref inSuccession, 0);
                if (await LookAsync(read, [.. rows], cancellationToken))
                    Interlocked.Increment(ref resent);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (exception is InvalidDataException || Interlocked.Increment(ref inSuccession) < FailuresInSuccession))
            {
                logger.RunNotSwept(exception, rows.Key);
                failed[rows.Key] = true;
            }
        }
    }

    /// <summary>Looks at a run once, however many of its rows are due. Returns whether hints were sent again.</summary>
    private async Task<bool> LookAsync(ReadRunOutcome read, ImmutableArray<LiveEntry> rows, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (read)
        {
            case ReadRunOutcome.Found { Run.IsLive: true, Run: var run }:
                var arrived = await ArrivedAsync(run, cancellationToken);
                foreach (var some in arrived.Chunk(Hint.MaxItems))
                    await sender.SendAsync(run.Id, new Hint(new MessageId($"l{now.UtcTicks}"), [.. some], now), cancellationToken);

                // The row is another than the run's own: it was made because something came for the run, or its move was lost.
                if (run.CheckAt > now)
                {
                    await GatherAsync(rows, arrived.Count > 0 ? AskToLook.TimeOf(now) : run.CheckAt, cancellationToken);
                    return false;
                }

                var hints = Resending.Overdue(run, now);
                foreach (var hint in hints)
                    await sender.SendAsync(run.Id, hint, cancellationToken);

                if (!hints.IsEmpty)
                    logger.HintsSentAgain(run.Id, hints.Sum(hint => hint.Items.Length));

                var next = Sweeping.Next(run, now);
                await GatherAsync(rows, arrived.Count > 0 && next > Sweeping.Soon(now) ? Sweeping.Soon(now) : next, cancellationToken);
                return !hints.IsEmpty;
            case ReadRunOutcome.Found { Run: var ended }:
                // Whoever ended it may have died before telling of it. Whether that was told is said by the run's own row: told once more, it could be taken for another's.
                var own = rows.FirstOrDefault(row => !AskToLook.IsMadeBy(row));
                await RemoveAsync(rows.RemoveAll(row => row == own), cancellationToken);
                if (own is not null)
                {
                    await tellEnd.RunAsync(ended, cancellationToken);
                    await RemoveAsync([own], cancellationToken);
                }

                return false;
            default:
                await MissAsync(rows, cancellationToken);
                return false;
        }
    }

    /// <summary>
    /// There is no such run. Whoever creates it so late writes its row again, but perhaps before the one that was read is removed here: so it goes to a time of its own,
    /// which nobody else writes, and only from there it is removed.
    /// </summary>
    private async Task MissAsync(ImmutableArray<LiveEntry> rows, CancellationToken cancellationToken)
    {
        await RemoveAsync(rows.RemoveAll(row => !IsMissed(row)), cancellationToken);
        if (rows.RemoveAll(IsMissed) is { IsEmpty: false } others)
            await GatherAsync(others, Sweeping.Soon(time.GetUtcNow()) + s_missed, cancellationToken);
    }

    private static bool IsMissed(LiveEntry row) => row.CheckAt.Ticks % TimeSpan.TicksPerMillisecond == s_missed.Ticks;

    /// <summary>One row at another time instead of all of these.</summary>
    private async Task GatherAsync(ImmutableArray<LiveEntry> rows, DateTimeOffset checkAt, CancellationToken cancellationToken)
    {
        await live.MoveAsync(rows[0], checkAt, cancellationToken);
        await RemoveAsync(rows.RemoveAt(0), cancellationToken);
    }

    private async Task RemoveAsync(ImmutableArray<LiveEntry> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
            await live.RemoveAsync(row, cancellationToken);
    }

    /// <summary>The steps for which something has come that the run has not taken: the message that told it may be lost.</summary>
    private async Task<List<StepKey>> ArrivedAsync(Run run, CancellationToken cancellationToken)
    {
        var arrived = new List<StepKey>();
        foreach (var item in PendingItems.Of(run).Where(item => Pickup.IsWait(run, item.Key)))
        {
            if (await look.HasComeAsync(run, run.Steps[item.Key], cancellationToken))
                arrived.Add(item.Key);
        }

        if (await look.LookForCancelAsync(run, () => Handling.Outside, cancellationToken) is not null)
            arrived.Add(StepKey.Cancellation);

        return arrived;
    }
}
