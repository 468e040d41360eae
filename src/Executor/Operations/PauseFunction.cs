using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>
/// Pauses functions: while one is paused, whatever would start a run of it leaves one that is skipped and says so. Runs that have begun go on. It stays paused when its app
/// registers again.
/// </summary>
public sealed class PauseFunction(IAppStore apps, AppDirectory directory)
{
    /// <summary>Here it holds at once; other processes know of it when their copy of the apps is old. False when no app has the function.</summary>
    public async Task<bool> SetAsync(FunctionId function, bool isPaused, CancellationToken cancellationToken)
    {
        if ((await directory.NewestAsync(cancellationToken)).Find(function) is null)
            return false;

        await apps.SetPausedAsync(function, isPaused, cancellationToken);
        directory.Forget();
        return true;
    }
}
