using System.Collections.Immutable;

namespace Stepwell.Executor.FlowControl;

/// <summary>The slots of a concurrency limit's key.</summary>
/// <param name="Held">Who has one. One whose time is over belongs to nobody: its holder has died.</param>
/// <param name="HasWaiters">Whether others stand in line, so that a free slot is not for whoever comes but for the first of them.</param>
public sealed record SlotState(ImmutableArray<SlotState.Slot> Held, bool HasWaiters)
{
    /// <summary>Who has left the line and stands ready, in their order: the next free slots are theirs.</summary>
    public ImmutableArray<string> Ready { get; init; } = [];

    /// <summary>A slot that is taken.</summary>
    /// <param name="Ticket">By whom.</param>
    /// <param name="Until">Until when its holder says that it works.</param>
    public sealed record Slot(string Ticket, DateTimeOffset Until);

    public static SlotState Empty { get; } = new([], false);

    public bool Holds(string ticket) => Held.Any(slot => slot.Ticket == ticket);

    /// <summary>Takes the slot that was granted, or a free one; null when there is none for whoever comes.</summary>
    /// <param name="ticket">To whom one may have been granted.</param>
    /// <param name="own">Who takes it. A slot that was granted just now is left as it is, and is handed on to him later.</param>
    /// <param name="limit">How many slots there are.</param>
    /// <param name="now">The time.</param>
    /// <param name="lease">For how long a slot is taken.</param>
    public SlotState? Take(string ticket, string own, int limit, DateTimeOffset now, TimeSpan lease)
    {
        var live = Live(now);
        if (live.FirstOrDefault(slot => slot.Ticket == ticket) is { } granted)
            return granted.Until > now + lease / 2 ? this : HandOn(ticket, own, now, lease);

        return live.Length < limit && !HasWaiters && Ready.IsEmpty ? this with { Held = live.Add(new Slot(own, now + lease)) } : null;
    }

    /// <summary>Gives free slots to those who stand ready.</summary>
    public SlotState GrantReady(int limit, DateTimeOffset now, TimeSpan lease)
    {
        var granted = Ready[..Math.Min(Ready.Length, Free(limit, now))];
        return granted.IsEmpty ? this : this with { Held = Live(now).AddRange(granted.Select(ticket => new Slot(ticket, now + lease))), Ready = Ready[granted.Length..] };
    }

    /// <summary>Gives free slots to those who have waited longest, of whom some may have one already, and has those after them stand ready.</summary>
    /// <param name="first">The first of the line.</param>
    /// <param name="limit">How many slots there are.</param>
    /// <param name="ready">How many are to stand ready.</param>
    /// <param name="now">The time.</param>
    /// <param name="lease">For how long a slot is given.</param>
    public SlotState Grant(ImmutableArray<string> first, int limit, int ready, DateTimeOffset now, TimeSpan lease)
    {
        var live = Live(now);
        var others = first.Where(ticket => !live.Any(slot => slot.Ticket == ticket) && !IsReady(ticket)).ToList();
        var granted = others.Take(Free(limit, now)).Select(ticket => new Slot(ticket, now + lease)).ToImmutableArray();
        var called = others.Skip(granted.Length).Take(Math.Max(0, ready - Ready.Length)).ToImmutableArray();
        return granted.IsEmpty && called.IsEmpty && HasWaiters == !first.IsEmpty && live.Length == Held.Length
            ? this
            : new SlotState(live.AddRange(granted), !first.IsEmpty) { Ready = Ready.AddRange(called) };
    }

    public bool IsReady(string ticket) => Ready.Contains(ticket);

    /// <summary>Whether a slot was taken, or handed on, less than so long ago.</summary>
    public bool IsYoungerThan(TimeSpan age, string ticket, DateTimeOffset now, TimeSpan lease) => Held.Any(slot => slot.Ticket == ticket && slot.Until > now + lease - age);

    /// <summary>Marks that somebody stands in line.</summary>
    public SlotState StandInLine() => HasWaiters ? this : this with { HasWaiters = true };

    /// <summary>Has one who stands ready do so no more.</summary>
    public SlotState StepBack(string ticket) => IsReady(ticket) ? this with { Ready = Ready.Remove(ticket) } : this;

    /// <summary>How many slots are free.</summary>
    public int Free(int limit, DateTimeOffset now) => Math.Max(0, limit - Live(now).Length);

    /// <summary>Gives back what a ticket has: its slot, or its place among those who stand ready.</summary>
    public SlotState Release(string ticket) => Holds(ticket) || IsReady(ticket)
        ? this with { Held = Held.RemoveAll(slot => slot.Ticket == ticket), Ready = Ready.Remove(ticket) }
        : this;

    /// <summary>Hands a slot on without letting go of it; to the same ticket, keeps it.</summary>
    public SlotState HandOn(string from, string to, DateTimeOffset now, TimeSpan lease) =>
        Holds(from) && (from == to || !Holds(to)) ? this with { Held = [.. Held.Select(slot => slot.Ticket == from ? new Slot(to, now + lease) : slot)] } : this;

    private ImmutableArray<Slot> Live(DateTimeOffset now) => Held.Any(slot => slot.Until <= now) ? Held.RemoveAll(slot => slot.Until <= now) : Held;
}
