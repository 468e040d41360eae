using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>The slots with which the work under one message goes straight on to the next calls of its run, so that storage need not know of it.</summary>
internal sealed class SlotsInHand
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StepKey, HeldSlots> _kept = [];
    private readonly HashSet<StepKey> _begun = [];

    /// <summary>Keeps slots for a call. False when it has been begun, or has slots already.</summary>
    public bool TryKeep(StepKey call, HeldSlots held)
    {
        lock (_lock)
            return !_begun.Contains(call) && _kept.TryAdd(call, held);
    }

    /// <summary>Begins a call. Returns the slots that were kept for it, if there are any.</summary>
    public HeldSlots? Begin(StepKey call)
    {
        lock (_lock)
        {
            _begun.Add(call);
            return _kept.Remove(call, out var held) ? held : null;
        }
    }

    /// <summary>Ends a call, which may be made again.</summary>
    public void End(StepKey call)
    {
        lock (_lock)
            _begun.Remove(call);
    }

    /// <summary>What was kept for calls that were not begun. It is kept no longer.</summary>
    public IReadOnlyList<(StepKey Call, HeldSlots Held)> PutDown()
    {
        lock (_lock)
        {
            var left = _kept.Select(kept => (kept.Key, kept.Value)).ToList();
            _kept.Clear();
            return left;
        }
    }
}
