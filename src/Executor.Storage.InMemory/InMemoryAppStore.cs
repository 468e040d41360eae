using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>Apps by id, and the paused functions.</summary>
public sealed class InMemoryAppStore : IAppStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RegisteredApp> _apps = new(StringComparer.Ordinal);
    private ImmutableHashSet<FunctionId> _paused = [];

    public Task SaveAsync(RegisteredApp app, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            _apps[app.Id] = app;

        return Task.CompletedTask;
    }

    public Task<StoredApps> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(new StoredApps([.. _apps.Values], _paused));
    }

    public Task SetPausedAsync(FunctionId function, bool isPaused, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            _paused = isPaused ? _paused.Add(function) : _paused.Remove(function);

        return Task.CompletedTask;
    }
}
