using Microsoft.Extensions.Logging;

namespace Stepwell.Executor.Functions;

internal static partial class FunctionsLog
{
    [LoggerMessage(200, LogLevel.Error, "Schedules could not be fired; they are tried again in a minute.")]
    public static partial void CronFailed(this ILogger logger, Exception exception);
}
