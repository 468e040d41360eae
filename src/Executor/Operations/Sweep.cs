using Microsoft.Extensions.Logging;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Looks at the live runs whose time for it has come, and sends the hints of what is long overdue again. Even an emptied queue loses nothing.</summary>
public sealed class Sweep(ILiveIndex live, IRunStore runs, LookAtWait look, WorkSender sender, TellEnd tellEnd, TimeProvider time, ILogger<Sweep> logger)
{
    private const int PageSize = 500;

    // So many rows that fail one after the other say that it is the storage, not the rows.
    private const int FailuresInSuccession = 10;

    /// <summary>Makes one pass. A run that cannot be looked at keeps no other from it. Returns the number of runs whose hints were sent again.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var failed = new HashSet<LiveEntry>();
        var (resent, inSuccession) = (0, 0);
        while (true)
        {
            var page = await live.DueAsync(began, PageSize, cancellationToken);
            var left = page.Where(entry => !failed.Contains(entry)).ToList();
            foreach (var entry in left)
            {
                try
                {
                    resent += await LookAsync(entry, cancellationToken) ? 1 : 0;
                    inSuccession = 0;
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested && ++inSuccession < FailuresInSuccession)
                {
                    logger.RunNotSwept(exception, entry.Run);
                    failed.Add(entry);
                }
            }

            if (page.Length < PageSize || left.Count == 0)
                return resent;
        }
    }

    private async Task<bool> LookAsync(LiveEntry entry, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (await runs.ReadAsync(entry.Run, cancellationToken))
        {
            case ReadRunOutcome.Found { Run.IsLive: true, Run: var run }:
                var arrived = await ArrivedAsync(run, cancellationToken);
                foreach (var some in arrived.Chunk(Hint.MaxItems))
                    await sender.SendAsync(run.Id, new Hint(new MessageId($"l{now.UtcTicks}"), [.. some], now), cancellationToken);

                // The row is another than the run's own: it was made because something came for the run, or its move was lost.
                if (run.CheckAt > now)
                {
                    await live.MoveAsync(entry, arrived.Count > 0 ? AskToLook.TimeOf(now) : run.CheckAt, cancellationToken);
                    return false;
                }

                var hints = Resending.Overdue(run, now);
                foreach (var hint in hints)
                    await sender.SendAsync(run.Id, hint, cancellationToken);

                if (!hints.IsEmpty)
                    logger.HintsSentAgain(run.Id, hints.Sum(hint => hint.Items.Length));

                var next = Sweeping.Next(run, now);
                await live.MoveAsync(entry, arrived.Count > 0 && next > Sweeping.Soon(now) ? Sweeping.Soon(now) : next, cancellationToken);
                return !hints.IsEmpty;
            case ReadRunOutcome.Found when AskToLook.IsMadeBy(entry):
                // Whether its end was told is said by the run's own row: told once more, it could be taken for another's.
                await live.RemoveAsync(entry, cancellationToken);
                return false;
            case ReadRunOutcome.Found { Run: var ended }:
                // Whoever ended it may have died before telling of it.
                await tellEnd.RunAsync(ended, entry, cancellationToken);
                return false;
            default:
                // Never created: a start that takes so long writes its row again.
                await live.RemoveAsync(entry, cancellationToken);
                return false;
        }
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
