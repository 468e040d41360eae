using System.Collections.Immutable;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>Live runs in the order of their next look.</summary>
public sealed class InMemoryLiveIndex : ILiveIndex
{
    private static readonly IComparer<LiveEntry> s_order =
        Comparer<LiveEntry>.Create((one, other) => (one.CheckAt, one.Run).CompareTo((other.CheckAt, other.Run)));

    private readonly Lock _lock = new();
    private readonly SortedSet<LiveEntry> _entries = new(s_order);

    public Task AddAsync(ImmutableArray<LiveEntry> entries, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            _entries.UnionWith(entries);

        return Task.CompletedTask;
    }

    public Task MoveAsync(LiveEntry entry, DateTimeOffset checkAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _entries.Remove(entry);
            _entries.Add(entry with { CheckAt = checkAt });
        }

        return Task.CompletedTask;
    }

    public Task RemoveAsync(LiveEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            _entries.Remove(entry);

        return Task.CompletedTask;
    }

    public void RemoveSoon(LiveEntry entry)
    {
        lock (_lock)
            _entries.Remove(entry);
    }

    public Task<ImmutableArray<LiveEntry>> DueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_entries.TakeWhile(entry => entry.CheckAt <= now).Take(max).ToImmutableArray());
    }

    public IAsyncEnumerable<LiveEntry> AllAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return _entries.ToImmutableArray().ToAsyncEnumerable();
    }
}
