using Microsoft.Extensions.Logging;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Error, "Message {Message} of the work queue was dropped: {Problem}.")]
    public static partial void UnreadableMessage(this ILogger logger, string message, string problem);

    [LoggerMessage(11, LogLevel.Warning, "The message that names the runs started here was not deleted; it comes back, and finds nothing to do.")]
    public static partial void StartsNotDeleted(this ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "The queue has given up message {Message} of run {Run}, which therefore has failed.")]
    public static partial void MessageGivenUp(this ILogger logger, RunId run, MessageId message);

    [LoggerMessage(2, LogLevel.Warning, "Message {Message} is about run {Run}, which does not exist; it was dropped.")]
    public static partial void RunIsGone(this ILogger logger, RunId run, MessageId message);

    [LoggerMessage(3, LogLevel.Warning, "Run {Run} was overdue: the sweep sent hints of {Items} items again.")]
    public static partial void HintsSentAgain(this ILogger logger, RunId run, int items);

    [LoggerMessage(4, LogLevel.Information, "App {App} registered {Functions} functions at {Url}.")]
    public static partial void Registered(this ILogger logger, string app, int functions, string url);

    [LoggerMessage(6, LogLevel.Warning, "Function {Function} is archived: app {App} registers it no more. Its live runs fail when they go on.")]
    public static partial void Archived(this ILogger logger, string function, string app);

    [LoggerMessage(7, LogLevel.Error, "The sweep could not look at run {Run}; it looks again at its next pass.")]
    public static partial void RunNotSwept(this ILogger logger, Exception exception, RunId run);

    [LoggerMessage(9, LogLevel.Error, "Run {Run} cannot be read, so it is not removed though it may have ended long ago.")]
    public static partial void RunNotForgotten(this ILogger logger, Exception exception, RunId run);

    [LoggerMessage(10, LogLevel.Warning, "Message {Message} of run {Run} has failed while {Items} items are under way; what comes of them goes to the queue.")]
    public static partial void FailedWhileWorking(this ILogger logger, Exception exception, RunId run, MessageId message, int items);
}
