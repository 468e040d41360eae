using Microsoft.Extensions.Logging;

namespace Stepwell.Executor.Api;

internal static partial class ApiLog
{
    [LoggerMessage(20, LogLevel.Error, "{Method} {Route} failed.")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string route);
}
