using System.Collections.Immutable;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>What a message finds when it looks at its run.</summary>
public abstract record Pickup
{
    private Pickup() { }

    /// <summary>
    /// Items whose time has come, and waits for which something may have come. Calls are claimed before they are made; a timer or a look needs no claim, as doing it
    /// twice is harmless.
    /// </summary>
    public sealed record Work(ImmutableArray<StepKey> Claim, ImmutableArray<StepKey> Timers, ImmutableArray<StepKey> Looks) : Pickup;

    /// <summary>Everything is claimed by others or not due before this time.</summary>
    public sealed record Later(DateTimeOffset At) : Pickup;

    /// <summary>Nothing that the message is about is pending.</summary>
    public sealed record Nothing : Pickup;

    /// <summary>Looks at a run on behalf of a message.</summary>
    /// <param name="run">The run as it stands.</param>
    /// <param name="message">The message.</param>
    /// <param name="items">The items it names.</param>
    /// <param name="ownsClaim">Whether a live claim under its bare id is its own: the first delivery of a start, whose claim was written with the run.</param>
    /// <param name="now">The time.</param>
    /// <param name="patience">What is due within this is waited for in process.</param>
    /// <param name="looked">The waits that were looked at under this message.</param>
    public static Pickup Of(
        Run run, MessageId message, ImmutableArray<StepKey> items, bool ownsClaim, DateTimeOffset now, TimeSpan patience, IReadOnlySet<StepKey> looked)
    {
        var claim = ImmutableArray.CreateBuilder<StepKey>();
        var timers = ImmutableArray.CreateBuilder<StepKey>();
        var looks = ImmutableArray.CreateBuilder<StepKey>();
        DateTimeOffset? later = null;
        foreach (var item in PendingItems.Of(run).Where(item => item.Holder.Message == message || items.Contains(item.Key) || IsParkedBy(run, item, message)))
        {
            if (item.Due > now + patience && IsWait(run, item.Key))
            {
                if (!looked.Contains(item.Key))
                    looks.Add(item.Key);
                else if (item.Holder.Message == message)
                    later = Earlier(later, item.Due);

                continue;
            }

            var taken = run.IsClaimed(item.Holder, now) && !(ownsClaim && item.Holder == message);
            if (item.Due > now + patience && (message != MessageId.Granted || IsTimer(run, item.Key)))
            {
                // Another message looks at that time, which whoever put the item off has sent, or sends when he is told again.
                if (item.Holder.Message == message)
                    later = Earlier(later, item.Due);
            }
            else if (taken)
                later = Earlier(later, run.Claims[item.Holder]);
            else if (IsTimer(run, item.Key))
                timers.Add(item.Key);
            else
                claim.Add(item.Key);
        }

        // Its first message looks too: an event that cancels it may have come while it was created.
        if (run is { IsLive: true, CancelOn.IsEmpty: false } && (message == MessageId.Start || items.Contains(StepKey.Cancellation)) && !looked.Contains(StepKey.Cancellation))
            looks.Add(StepKey.Cancellation);

        if (claim.Count + timers.Count + looks.Count > 0)
            return new Work(claim.ToImmutable(), timers.ToImmutable(), looks.ToImmutable());

        return later is { } at ? new Later(at) : new Nothing();
    }

    /// <summary>Whether the item is looked at for its time, not for a call.</summary>
    public static bool IsTimer(Run run, StepKey key) =>
        key == StepKey.Deadline || (run.Steps.TryGetValue(key, out var step) && step.State is (StepState.Sleeping or StepState.Waiting));

    /// <summary>Whether something may come for the item before its time.</summary>
    public static bool IsWait(Run run, StepKey key) => run.Steps.TryGetValue(key, out var step) && step.State is StepState.Waiting;

    /// <summary>
    /// Whether a wait was parked under the message: what it waits for may have come between the writing of the wait and the commit that parked it, so it is
    /// looked at once.
    /// </summary>
    public static bool IsParkedBy(Run run, PendingItem item, MessageId message) => item.Origin == message && IsWait(run, item.Key);

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one is { } at && at < other ? at : other;
}
