using System.Collections.Immutable;
using Stepwell.Executor.FlowControl;

namespace Stepwell.Executor.Operations;

/// <summary>The slots that a call has.</summary>
/// <param name="Ticket">In whose name they are.</param>
/// <param name="Limits">One of each.</param>
/// <param name="Since">When they were taken, or kept last.</param>
public sealed record HeldSlots(string Ticket, ImmutableArray<HeldSlots.Limit> Limits, DateTimeOffset Since)
{
    /// <summary>A limit.</summary>
    /// <param name="Key">Its state.</param>
    /// <param name="Most">How many slots it has.</param>
    public sealed record Limit(GateKey Key, int Most);
}
