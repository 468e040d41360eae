using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Stepwell.Sdk.Tests.World;

/// <summary>Keeps what is logged.</summary>
internal sealed class KeptLog : ILoggerProvider, ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Keep(formatter(state, exception));

    /// <summary>The first line with this text in it, as soon as it is there.</summary>
    public async Task<string> LineAsync(string part)
    {
        while (true)
        {
            var grown = _grown.Task;
            if (_lines.FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal)) is { } line)
                return line;

            await grown.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private void Keep(string line)
    {
        _lines.Enqueue(line);
        Interlocked.Exchange(ref _grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
