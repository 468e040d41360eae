using System.Collections.Immutable;
using Stepwell.Executor.FlowControl;

namespace Stepwell.Executor.Operations;

/// <summary>The slots that a call has.</summary>
/// <param name="Own">In whose name they are to be: a name that nobody else has, so that a call that they are handed on to needs no other.</param>
/// <param name="Slots">One of each limit.</param>
/// <param name="Since">When they were taken, or kept last.</param>
public sealed record HeldSlots(string Own, ImmutableArray<HeldSlots.Slot> Slots, DateTimeOffset Since)
{
    /// <summary>A slot.</summary>
    /// <param name="Limit">Of which limit.</param>
    /// <param name="Ticket">In whose name it is: as long as it was only granted, in that of the call.</param>
    public sealed record Slot(Limit Limit, string Ticket);

    /// <summary>A limit.</summary>
    /// <param name="Key">Its state.</param>
    /// <param name="Most">How many slots it has.</param>
    public sealed record Limit(GateKey Key, int Most);
}
