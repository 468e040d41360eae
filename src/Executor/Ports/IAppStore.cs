using System.Collections.Immutable;

namespace Stepwell.Executor.Ports;

/// <summary>The registered apps. There are few, and they are read as a whole.</summary>
public interface IAppStore
{
    /// <summary>Stores an app in place of its earlier registration.</summary>
    Task SaveAsync(RegisteredApp app, CancellationToken cancellationToken);

    Task<ImmutableArray<RegisteredApp>> ListAsync(CancellationToken cancellationToken);
}
