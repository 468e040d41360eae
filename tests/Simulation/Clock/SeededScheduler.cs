namespace Stepwell.Simulation.Tests;

/// <summary>Runs all continuations on one thread, each time a randomly chosen one of those that are ready: the seed decides every interleaving.</summary>
internal sealed class SeededScheduler(Random random) : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_ready)
            _ready.Add((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing here may block.");

    /// <summary>Runs one continuation; false when none is ready.</summary>
    public bool RunOne()
    {
        (SendOrPostCallback Callback, object? State) next;
        lock (_ready)
        {
            if (_ready.Count == 0)
                return false;

            var at = random.Next(_ready.Count);
            next = _ready[at];
            _ready[at] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }

        next.Callback(next.State);
        return true;
    }
}
