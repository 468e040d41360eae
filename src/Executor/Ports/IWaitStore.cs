using System.Collections.Immutable;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Ports;

/// <summary>
/// The waits of live runs for events and signals, found by what they wait for. What comes is left with the wait, first come first kept, and from there the run takes
/// it. It may hold waits of runs that have ended; whoever meets one removes it.
/// </summary>
public interface IWaitStore
{
    /// <summary>Writes a wait, unless its slot is taken. Returns the one that has the slot now; once it returns, <see cref="FieldsAsync"/> and <see cref="FindAsync"/> find it.</summary>
    Task<StoredWait> AddAsync(StoredWait wait, CancellationToken cancellationToken);

    /// <summary>By which fields the waits for a topic are found, each once; those of waits that are gone may be among them.</summary>
    Task<ImmutableArray<string>> FieldsAsync(string topic, CancellationToken cancellationToken);

    /// <summary>All waits of a place.</summary>
    Task<ImmutableArray<StoredWait>> FindAsync(WaitPlace place, CancellationToken cancellationToken);

    /// <summary>The wait of a slot; null when there is none.</summary>
    Task<StoredWait?> ReadAsync(WaitPlace place, string slot, CancellationToken cancellationToken);

    /// <summary>
    /// Leaves something with a wait, unless something was left before: what is <see cref="StoredWait.Caught"/> in the wait that is returned counts. Null when the wait
    /// is gone, or its slot is another run's or step's by now.
    /// </summary>
    Task<StoredWait?> CatchAsync(StoredWait wait, RawJson what, CancellationToken cancellationToken);

    /// <summary>Removes a wait; a missing one, or one of another run or step in its slot, is no error and stays.</summary>
    Task RemoveAsync(StoredWait wait, CancellationToken cancellationToken);
}
