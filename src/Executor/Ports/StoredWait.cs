using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Ports;

/// <summary>A wait of a run, as what it waits for finds it.</summary>
public sealed record StoredWait
{
    public required WaitPlace Place { get; init; }

    /// <summary>Its name within the place: of one name there is one wait. Up to 256 characters of a step key.</summary>
    public required string Slot { get; init; }

    public required RunId Run { get; init; }

    public required StepKey Step { get; init; }

    /// <summary>What must hold beside the place, over <c>event</c> and <c>async</c>; null when the place says it all.</summary>
    public string? If { get; init; }

    /// <summary>The run's event for <see cref="If"/>; JSON null when there is no such condition.</summary>
    public RawJson RunEvent { get; init; }

    /// <summary>What came for it first; null while it is open.</summary>
    public RawJson? Caught { get; init; }

    /// <summary>Names the stored state that was read; null when it was not read. Opaque (an ETag).</summary>
    public string? Version { get; init; }

    /// <summary>Whether nobody but this step can have the slot.</summary>
    public bool HasSlotToItself => Slot.StartsWith(SlotOf(Run, Step), StringComparison.Ordinal);

    /// <summary>The slot that is one step's alone.</summary>
    public static string SlotOf(RunId run, StepKey step) => $"{run}-{step}";
}
