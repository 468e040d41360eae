using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Ports;

/// <summary>The registered apps. There are few, and they are read as a whole.</summary>
public interface IAppStore
{
    /// <summary>Stores an app in place of its earlier registration.</summary>
    Task SaveAsync(RegisteredApp app, CancellationToken cancellationToken);

    Task<StoredApps> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Notes that a function is paused, or no longer; whether it is registered does not matter.</summary>
    Task SetPausedAsync(FunctionId function, bool isPaused, CancellationToken cancellationToken);
}
