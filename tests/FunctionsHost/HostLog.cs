namespace Stepwell.Testing.FunctionsHost;

internal static partial class HostLog
{
    [LoggerMessage(1, LogLevel.Error, "Function {Function} took longer than {Timeout}; the process ends.")]
    public static partial void TimedOut(this ILogger logger, string function, TimeSpan timeout);

    [LoggerMessage(2, LogLevel.Error, "Function {Function} failed.")]
    public static partial void Failed(this ILogger logger, Exception exception, string function);

    [LoggerMessage(3, LogLevel.Warning, "Message {Message} of {Queue} has reached {Count} deliveries. Moving it to {Queue}-poison.")]
    public static partial void Poisoned(this ILogger logger, string message, string queue, long count);

    [LoggerMessage(4, LogLevel.Information, "Listening on http://127.0.0.1:{Port}; functions: {Functions}.")]
    public static partial void Listening(this ILogger logger, int port, string functions);

    [LoggerMessage(5, LogLevel.Error, "Queue {Queue} cannot be used.")]
    public static partial void Unusable(this ILogger logger, Exception exception, string queue);
}
