using Microsoft.Extensions.Logging;

namespace Stepwell.AspNetCore;

internal static partial class StepwellLog
{
    [LoggerMessage(1, LogLevel.Information, "The functions at {Url} are registered.")]
    public static partial void Registered(this ILogger logger, Uri url);

    [LoggerMessage(2, LogLevel.Warning, "The executor has not registered the functions: {Problem}. Trying again.")]
    public static partial void NotRegistered(this ILogger logger, string problem);

    [LoggerMessage(3, LogLevel.Warning, "No functions are served: call app.MapStepwell(\"/api/stepwell\").")]
    public static partial void NothingServed(this ILogger logger);
}
