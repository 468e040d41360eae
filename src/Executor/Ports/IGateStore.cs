using System.Collections.Immutable;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Ports;

/// <summary>The states of flow control, one a key, changed by compare-and-swap.</summary>
public interface IGateStore
{
    /// <param name="key">Up to 100 ASCII letters, digits and <c>-</c>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<StoredGate> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes a state, at most 512 KiB, in place of the one that was read. False when somebody else has written since: nothing was.</summary>
    Task<bool> WriteAsync(string key, StoredGate before, RawJson state, CancellationToken cancellationToken);

    /// <summary>Lets something wait; what waits already in this place stays there, and has come anew.</summary>
    Task EnqueueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken);

    /// <summary>Those who have waited longest, at most so many (1 to 1,000), in their order, and as which of their comings they were found.</summary>
    Task<ImmutableArray<GateWaiter>> FirstAsync(string key, int max, CancellationToken cancellationToken);

    /// <summary>Lets something wait no more, unless it has come anew since it was found; one that does not wait is no error.</summary>
    Task DequeueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken);
}
