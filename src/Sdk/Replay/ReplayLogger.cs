using Microsoft.Extensions.Logging;

namespace Stepwell.Sdk.Replay;

/// <summary>
/// Keeps quiet while the function replays. Whether a line repeats an earlier call is known only later: it does if another memo comes after it. A memo may
/// also never come, where its step was removed from the code; so lines are held back, forgotten at the next memo, and written when there is none.
/// </summary>
internal sealed class ReplayLogger(ILogger logger, Func<LoggingMode> mode) : ILogger
{
    private readonly List<Action> _held = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull =>
        logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => mode() != LoggingMode.Silent && logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        switch (mode())
        {
            case LoggingMode.Written:
                logger.Log(logLevel, eventId, state, exception, formatter);
                break;
            case LoggingMode.HeldBack:
                lock (_held)
                    _held.Add(() => logger.Log(logLevel, eventId, state, exception, formatter));

                break;
        }
    }

    /// <summary>Another memo comes: what was logged so far was logged by an earlier call.</summary>
    public void Forget()
    {
        lock (_held)
            _held.Clear();
    }

    /// <summary>No more memos come: what is held back is new.</summary>
    public void Write()
    {
        lock (_held)
        {
            _held.ForEach(write => write());
            _held.Clear();
        }
    }
}
