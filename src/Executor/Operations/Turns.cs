using System.Collections.Concurrent;

namespace Stepwell.Executor.Operations;

/// <summary>The calls of this process that stand ready for a slot. What happens in this process is told them; for what happens in others they look again and again.</summary>
internal sealed class Turns(TimeProvider time)
{
    private static readonly TimeSpan s_leastPause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Has a call look, if it stands ready here.</summary>
    public void Tell(string ticket)
    {
        if (_waiting.TryGetValue(ticket, out var look))
            look.TrySetResult();
    }

    /// <summary>Looks until it has found something. Who has waited long looks seldom, so that it is late by a twentieth of its wait at most.</summary>
    /// <param name="ticket">Who looks.</param>
    /// <param name="longest">For how long.</param>
    /// <param name="look">Returns what it has found; null: nothing.</param>
    /// <param name="stopping">Ends it early.</param>
    /// <returns>What it has found; null when the time is over.</returns>
    public async Task<T?> UntilAsync<T>(string ticket, TimeSpan longest, Func<Task<T?>> look, CancellationToken stopping)
        where T : class
    {
        var began = time.GetTimestamp();
        try
        {
            while (true)
            {
                // Set before it looks: what it is told meanwhile counts.
                var told = _waiting[ticket] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (await look() is { } found)
                    return found;

                var waited = time.GetElapsedTime(began);
                if (waited >= longest || stopping.IsCancellationRequested)
                    return null;

                var pause = waited / 20 > s_leastPause ? waited / 20 : s_leastPause;
                using var stopped = stopping.Register(() => told.TrySetResult());
                using var timer = time.CreateTimer(static one => ((TaskCompletionSource)one!).TrySetResult(), told, pause, Timeout.InfiniteTimeSpan);
                await told.Task;
            }
        }
        finally
        {
            _waiting.TryRemove(ticket, out _);
        }
    }
}
