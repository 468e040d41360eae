using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Ports;

/// <summary>Something that waits for a slot of a key.</summary>
/// <param name="Order">Its place: they are served in ordinal order. Up to 40 ASCII digits.</param>
/// <param name="Run">The run.</param>
/// <param name="Item">The step, or discovery.</param>
public sealed record GateWaiter(string Order, RunId Run, StepKey Item)
{
    /// <summary>As which of its comings it was found in the line; null: as any.</summary>
    public string? Version { get; init; }
}
