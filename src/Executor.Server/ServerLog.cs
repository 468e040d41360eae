namespace Stepwell.Executor.Server;

internal static partial class ServerLog
{
    [LoggerMessage(100, LogLevel.Information, "Stepwell listens on {Urls}{Mode}; its state is {Storage}.")]
    public static partial void Listening(this ILogger logger, string urls, string mode, string storage);

    [LoggerMessage(101, LogLevel.Error, "Work queue {Shard} cannot be read; trying again in {Seconds} s.")]
    public static partial void ReceiveFailed(this ILogger logger, Exception exception, int shard, double seconds);

    [LoggerMessage(102, LogLevel.Error, "Message {Message} could not be brought to its end; it comes back within {Seconds} s.")]
    public static partial void HandlingFailed(this ILogger logger, Exception exception, string message, double seconds);

    [LoggerMessage(103, LogLevel.Error, "The sweep failed; it runs again in a minute.")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(104, LogLevel.Warning, "The app at {App} has not registered: {Problem}. It is asked again.")]
    public static partial void AppNotRegistered(this ILogger logger, Uri app, string problem);

    [LoggerMessage(105, LogLevel.Error, "Schedules could not be fired; they are tried again in a second.")]
    public static partial void CronFailed(this ILogger logger, Exception exception);
}
