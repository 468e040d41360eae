using System.Collections.Immutable;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>Events by internal id, whose order is that of time.</summary>
public sealed class InMemoryEventStore : IEventStore
{
    private static readonly IComparer<string> s_newestFirst = Comparer<string>.Create((one, other) => string.CompareOrdinal(other, one));

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoredEvent> _events = new(s_newestFirst);

    public Task AddAsync(ImmutableArray<StoredEvent> events, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (var one in events)
                _events[one.InternalId] = one;
        }

        return Task.CompletedTask;
    }

    public Task<ReadEventOutcome> ReadAsync(string internalId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult<ReadEventOutcome>(
                _events.TryGetValue(internalId, out var found) ? new ReadEventOutcome.Found(found) : new ReadEventOutcome.NotFound());
        }
    }

    public Task RemoveAsync(string internalId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            _events.Remove(internalId);

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<StoredEvent>> ListAsync(EventQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_events.Values
                .Where(one => query.Cursor is null || string.CompareOrdinal(one.InternalId, query.Cursor) < 0)
                .Where(one => query.Name is null || one.Name == query.Name)
                .Where(one => query.ReceivedAfter is null || one.ReceivedAt > query.ReceivedAfter)
                .Where(one => query.ReceivedBefore is null || one.ReceivedAt < query.ReceivedBefore)
                .Take(query.Limit)
                .ToImmutableArray());
        }
    }
}
