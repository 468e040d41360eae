using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>Payloads by key.</summary>
public sealed class InMemoryPayloadStore : IPayloadStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, byte[]> _payloads = new(StringComparer.Ordinal);

    public Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            _payloads[key] = content.ToArray();

        return Task.CompletedTask;
    }

    public Task<ReadPayloadOutcome> ReadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult<ReadPayloadOutcome>(
                _payloads.TryGetValue(key, out var found) ? new ReadPayloadOutcome.Found(found) : new ReadPayloadOutcome.NotFound());
        }
    }

    public Task RemoveAsync(string folder, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (var key in _payloads.Keys.Where(key => key.StartsWith(folder, StringComparison.Ordinal)).ToList())
                _payloads.Remove(key);
        }

        return Task.CompletedTask;
    }
}
