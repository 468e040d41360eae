namespace Stepwell.Executor.Server;

/// <summary>
/// When messages that this process sent or gave back can be received. The pump looks then, instead of waiting for its next look: polling may be slow
/// and so cheap, and still nothing that this process does waits.
/// </summary>
public sealed class Arrivals(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, PriorityQueue<DateTimeOffset, DateTimeOffset>> _due = [];
    private readonly Dictionary<int, TaskCompletionSource> _waiting = [];

    /// <summary>A message will be there after the delay.</summary>
    public void Expect(int shard, TimeSpan delay)
    {
        var at = time.GetUtcNow() + delay;
        lock (_lock)
        {
            if (!_due.TryGetValue(shard, out var due))
                _due[shard] = due = new PriorityQueue<DateTimeOffset, DateTimeOffset>();

            due.Enqueue(at, at);
            if (_waiting.Remove(shard, out var waiting))
                waiting.TrySetResult();
        }
    }

    /// <summary>Waits until a message is expected, at most so long. Returns whether one is.</summary>
    public async Task<bool> WaitAsync(int shard, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var end = time.GetUtcNow() + atMost;
        while (true)
        {
            var now = time.GetUtcNow();
            var until = end;
            Task changed;
            lock (_lock)
            {
                if (_due.TryGetValue(shard, out var due) && due.TryPeek(out var next, out _))
                {
                    if (next <= now)
                    {
                        while (due.TryPeek(out var passed, out _) && passed <= now)
                            due.Dequeue();

                        return true;
                    }

                    until = next < end ? next : end;
                }

                if (now >= end)
                    return false;

                if (!_waiting.TryGetValue(shard, out var waiting))
                    _waiting[shard] = waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

                changed = waiting.Task;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(until - now, time, stop.Token));
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
