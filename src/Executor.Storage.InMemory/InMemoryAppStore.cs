using System.Collections.Immutable;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>Apps by id.</summary>
public sealed class InMemoryAppStore : IAppStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RegisteredApp> _apps = new(StringComparer.Ordinal);

    public Task SaveAsync(RegisteredApp app, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            _apps[app.Id] = app;

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<RegisteredApp>> ListAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_apps.Values.ToImmutableArray());
    }
}
