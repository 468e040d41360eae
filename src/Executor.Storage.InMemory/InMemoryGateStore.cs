using System.Collections.Immutable;
using System.Globalization;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>States of flow control by key.</summary>
public sealed class InMemoryGateStore : IGateStore
{
    private readonly Lock _lock = new();
    private int _requests;
    private long _comings;
    private static readonly IComparer<GateWaiter> s_order = Comparer<GateWaiter>.Create((one, other) => string.CompareOrdinal($"{one.Order}-{one.Run}-{one.Item}", $"{other.Order}-{other.Run}-{other.Item}"));

    private readonly Dictionary<string, (RawJson State, long Version)> _gates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<GateWaiter>> _waiters = new(StringComparer.Ordinal);

    /// <summary>The number of states that were asked for so far.</summary>
    public int Requests => _requests;

    /// <summary>The number of those who stand in a line.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiters.Values.Sum(line => line.Count);
        }
    }

    public Task<StoredGate> ReadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _requests);
        lock (_lock)
            return Task.FromResult(_gates.TryGetValue(key, out var gate) ? new StoredGate(gate.State, Name(gate.Version)) : new StoredGate(RawJson.Null, null));
    }

    public Task<bool> WriteAsync(string key, StoredGate before, RawJson state, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var exists = _gates.TryGetValue(key, out var gate);
            if ((exists ? Name(gate.Version) : null) != before.Version)
                return Task.FromResult(false);

            _gates[key] = (state, gate.Version + 1);
            return Task.FromResult(true);
        }
    }

    public Task EnqueueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_waiters.TryGetValue(key, out var waiting))
                _waiters.Add(key, waiting = new SortedSet<GateWaiter>(s_order));

            waiting.Remove(waiter);
            waiting.Add(waiter with { Version = Name(++_comings) });
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<GateWaiter>> FirstAsync(string key, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_waiters.TryGetValue(key, out var waiting) ? waiting.Take(max).ToImmutableArray() : []);
    }

    public Task DequeueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_waiters.TryGetValue(key, out var waiting) && waiting.TryGetValue(waiter, out var found) && (waiter.Version ?? found.Version) == found.Version)
                waiting.Remove(found);
        }

        return Task.CompletedTask;
    }

    private static string Name(long version) => version.ToString(CultureInfo.InvariantCulture);
}
