using System.Collections.Immutable;

namespace Stepwell.Executor.Ports;

/// <summary>Accepted events, found by their internal id and listed newest first.</summary>
public interface IEventStore
{
    /// <summary>Stores the events, all before it returns. One that is there already (same internal id) is replaced.</summary>
    Task AddAsync(ImmutableArray<StoredEvent> events, CancellationToken cancellationToken);

    Task<ReadEventOutcome> ReadAsync(string internalId, CancellationToken cancellationToken);

    /// <summary>Removes an event; a missing one is no error.</summary>
    Task RemoveAsync(string internalId, CancellationToken cancellationToken);

    /// <summary>Lists events by internal id, newest first.</summary>
    Task<ImmutableArray<StoredEvent>> ListAsync(EventQuery query, CancellationToken cancellationToken);
}
