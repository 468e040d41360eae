using System.Collections.Immutable;

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

    private static ImmutableArray<Hint> Group(IEnumerable<PendingItem> items, Func<PendingItem, MessageId> holder) =>
    [
        .. items.GroupBy(item => (Holder: holder(item), item.Due))
            .SelectMany(group => group.Chunk(Hint.MaxItems).Select(chunk => new Hint(group.Key.Holder, [.. chunk.Select(item => item.Key)], group.Key.Due))),
    ];
}
