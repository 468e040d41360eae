using System.Collections.Immutable;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>Hints that may never have been sent, or were lost, made again from what is pending.</summary>
public static class Resending
{
    /// <summary>The hints of what came to be under a message and that nobody works on: whoever handled it may have died before sending them.</summary>
    public static ImmutableArray<Hint> CarriedBy(Run run, MessageId message, DateTimeOffset now) =>
        Group(PendingItems.Of(run).Where(item => item.Origin == message && item.Holder.Message != message && !run.IsClaimed(item.Holder, now)), item => item.Holder.Message);

    /// <summary>One message for everything that is overdue and that nobody works on.</summary>
    public static ImmutableArray<Hint> Overdue(Run run, DateTimeOffset now)
    {
        // The same id from two sweeps at once does no harm: a copy that meets a live claim waits, even under its own id.
        var id = new MessageId($"s{now.UtcTicks}");
        return Group(Sweeping.Overdue(run, now), _ => id);
    }

    /// <summary>Messages that look at everything for which something may have come: waits, and what cancels the run.</summary>
    public static IEnumerable<Hint> Looks(Run run, DateTimeOffset now)
    {
        var items = PendingItems.Of(run).Select(item => item.Key).Where(key => Pickup.IsWait(run, key)).ToList();
        if (!run.CancelOn.IsEmpty)
            items.Add(StepKey.Cancellation);

        return items.Chunk(Hint.MaxItems).Select(chunk => new Hint(new MessageId($"l{now.UtcTicks}"), [.. chunk], now));
    }

    private static ImmutableArray<Hint> Group(IEnumerable<PendingItem> items, Func<PendingItem, MessageId> holder) =>
    [
        .. items.GroupBy(item => (Holder: holder(item), item.Due))
            .SelectMany(group => group.Chunk(Hint.MaxItems).Select(chunk => new Hint(group.Key.Holder, [.. chunk.Select(item => item.Key)], group.Key.Due))),
    ];
}
