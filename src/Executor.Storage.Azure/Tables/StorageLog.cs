using Microsoft.Extensions.Logging;

namespace Stepwell.Executor.Storage.Azure.Tables;

internal static partial class StorageLog
{
    [LoggerMessage(1, LogLevel.Warning, "Runs that have ended were not taken out of the live index; the sweep takes them out.")]
    public static partial void EndedNotRemoved(this ILogger logger, Exception exception);
}
