using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Operations;

/// <summary>What stands around a commit: waits made ready, the hints it leaves to be sent, the live index kept in step, an end told.</summary>
public sealed class CommitEffects(WorkSender sender, ILiveIndex live, ParkWaits waits, TellEnd tellEnd)
{
    /// <summary>
    /// Makes ready what the run is about to wait for, and returns the children it invokes. Sees to it that the sweep soon looks at a run that ends while it rests:
    /// should this process die before the end is told, the sweep tells it. The same for one that is to be looked at sooner than before.
    /// </summary>
    public async Task<ImmutableArray<NewRun>> BeforeAsync(Run before, Run after, CancellationToken cancellationToken)
    {
        if (EndsAtRest(before, after))
            await live.AddAsync([Soon(after)], cancellationToken);
        else if (IsSooner(before, after))
            await live.AddAsync([AskToLook.Beside(EntryOf(after))], cancellationToken);

        return await waits.PrepareAsync(before, after, cancellationToken);
    }

    public async Task AfterAsync(Run before, Run after, ImmutableArray<Hint> hints, ImmutableArray<NewRun> children, CancellationToken cancellationToken)
    {
        foreach (var hint in hints)
            await sender.SendAsync(after.Id, hint, cancellationToken);

        await waits.FinishAsync(before, after, children, cancellationToken);
        if (!after.IsLive && before.IsLive)
        {
            await tellEnd.RunAsync(after, cancellationToken);
            live.RemoveSoon(EntryOf(before));
            if (EndsAtRest(before, after))
                live.RemoveSoon(Soon(after));
        }
        else if (after.CheckAt != before.CheckAt)
        {
            await live.MoveAsync(EntryOf(before), after.CheckAt, cancellationToken);
            if (IsSooner(before, after))
                live.RemoveSoon(AskToLook.Beside(EntryOf(after)));
        }
    }

    /// <summary>Removes the waits that were made ready for a commit that did not come to be, and never does.</summary>
    public Task UndoAsync(Run before, Run after, CancellationToken cancellationToken) => waits.UndoAsync(before, after, cancellationToken);

    private static bool EndsAtRest(Run before, Run after) =>
        before.IsLive && after.EndedAt is { } at && before.CheckAt > at + Sweeping.Interval + Sweeping.Grace;

    private static bool IsSooner(Run before, Run after) => after.IsLive && after.CheckAt < before.CheckAt;

    private static LiveEntry EntryOf(Run run) => new(run.Id, run.CheckAt);

    private static LiveEntry Soon(Run ended) => new(ended.Id, Sweeping.Soon(ended.EndedAt!.Value));
}
