using Microsoft.Extensions.Logging;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Operations;

/// <summary>Looks at the live runs whose time for it has come, and sends the hints of what is long overdue again. Even an emptied queue loses nothing.</summary>
public sealed class Sweep(ILiveIndex live, IRunStore runs, WorkSender sender, TellEnd tellEnd, TimeProvider time, ILogger<Sweep> logger)
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
                // What has come for a wait may have been told by a message that was lost.
                foreach (var hint in Resending.Looks(run, now))
                    await sender.SendAsync(run.Id, hint, cancellationToken);

                // The row is another than the run's own: it was made for such a look, or its move was lost.
                if (run.CheckAt > now)
                {
                    await live.MoveAsync(entry, run.CheckAt, cancellationToken);
                    return false;
                }

                var hints = Resending.Overdue(run, now);
                foreach (var hint in hints)
                    await sender.SendAsync(run.Id, hint, cancellationToken);

                if (!hints.IsEmpty)
                    logger.HintsSentAgain(run.Id, hints.Sum(hint => hint.Items.Length));

                await live.MoveAsync(entry, Sweeping.Next(run, now), cancellationToken);
                return !hints.IsEmpty;
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
}
