using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Stepwell.Fuzz.Tests.World;

/// <summary>Keeps what is logged as a warning or worse.</summary>
internal sealed class KeptProblems : ILoggerProvider, ILoggerFactory, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}".TrimEnd()));
    }

    public void AddProvider(ILoggerProvider provider)
    {
        // There is one place to keep things.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
