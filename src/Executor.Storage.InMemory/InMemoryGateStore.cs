using System.Globalization;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>States of flow control by key.</summary>
public sealed class InMemoryGateStore : IGateStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (RawJson State, long Version)> _gates = new(StringComparer.Ordinal);

    public Task<StoredGate> ReadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
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

    private static string Name(long version) => version.ToString(CultureInfo.InvariantCulture);
}
