using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Stepwell.Executor.Tests.Api;

/// <summary>Keeps what is logged.</summary>
internal sealed class KeptLog : ILoggerProvider, ILogger
{
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines.Enqueue((logLevel, formatter(state, exception)));
        Interlocked.Exchange(ref _grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Waits until there is a line with this text in it.</summary>
    public async Task UntilAsync(string part)
    {
        while (true)
        {
            var grown = _grown.Task;
            if (Lines.Any(line => line.Text.Contains(part, StringComparison.Ordinal)))
                return;

            await grown.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
