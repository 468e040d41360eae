using System.Collections.Concurrent;

namespace Stepwell.Executor.Operations;

/// <summary>
/// Does the same with many things, some of them at a time. Enough to hide the latency of storage, not so many that one request takes all connections. Not
/// <see cref="Parallel"/>, which would go through the thread pool, past the scheduler of a simulation.
/// </summary>
internal static class SideBySide
{
    /// <summary>How many are under way at a time.</summary>
    public const int Most = 32;

    /// <summary>Returns when all are done. After an error no other is begun.</summary>
    public static async Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> body, CancellationToken cancellationToken)
    {
        var left = new ConcurrentQueue<T>(items);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Most, left.Count)).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            try
            {
                while (left.TryDequeue(out var next))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await body(next);
                }
            }
            catch
            {
                left.Clear();
                throw;
            }
        }
    }
}
