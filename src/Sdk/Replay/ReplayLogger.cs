using Microsoft.Extensions.Logging;

namespace Stepwell.Sdk.Replay;

/// <summary>Passes nothing on while the function replays.</summary>
internal sealed class ReplayLogger(ILogger logger, Func<bool> isReplaying) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull =>
        logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => !isReplaying() && logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!isReplaying())
            logger.Log(logLevel, eventId, state, exception, formatter);
    }
}
