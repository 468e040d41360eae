using Microsoft.Extensions.Logging;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>
/// The runs that were created in this process and are worked on here. One message of the queue, held, names them all: should the process die, it becomes visible, and
/// whoever receives it sends each of them a hint of its own. So a start costs no message, only a writing of this one, and starts that come together share it. A run
/// that has nothing more to do with it is taken out by the next writing; named for too long it gets a hint that finds nothing to do.
/// </summary>
public sealed class LocalStarts : IDisposable
{
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;
    private readonly EngineOptions _options;
    private readonly ILogger<LocalStarts> _logger;
    private readonly Lock _lock = new();
    private readonly HashSet<RunId> _runs = [];
    private readonly ITimer _idle;
    private List<TaskCompletionSource> _waiting = [];
    private Delivery? _message;
    private long _writtenAt;
    private int _abandoned;
    private bool _writing;

    public LocalStarts(IWorkQueue queue, TimeProvider time, EngineOptions options, ILogger<LocalStarts> logger)
    {
        (_queue, _time, _options, _logger) = (queue, time, options, logger);
        _idle = time.CreateTimer(static starts => _ = ((LocalStarts)starts!).RestAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    // Whoever comes just before this is over comes again before the lease is.
    private TimeSpan KeepAfter => _options.ClaimLength / 3;

    /// <summary>Returns when the message names a run. After an exception it is unknown whether it does. Not broken off: the message could be hidden with nobody working on what it names.</summary>
    public Task AddAsync(RunId run)
    {
        lock (_lock)
            _runs.Add(run);

        return WriteAsync();
    }

    /// <summary>Whatever there is to do for a run has a hint of its own, or is done.</summary>
    public void Remove(RunId run)
    {
        lock (_lock)
        {
            // Others may start soon, and would write the same message.
            if (_runs.Remove(run) && _runs.Count == 0)
                _idle.Change(KeepAfter, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Leaves a run, of which it is unknown what is left to do, to whoever receives the message next: it is not kept any more.</summary>
    public void Abandon(RunId run)
    {
        lock (_lock)
        {
            _runs.Remove(run);
            _message = null;
            _abandoned++;
        }
    }

    /// <summary>Keeps the message hidden. To be called at least every third of <see cref="EngineOptions.ClaimLength"/> while a run is worked on.</summary>
    public Task KeepAsync()
    {
        lock (_lock)
        {
            if (_message is not null && _time.GetElapsedTime(_writtenAt) < KeepAfter)
                return Task.CompletedTask;
        }

        return WriteAsync();
    }

    /// <summary>Deletes the message, if it names nothing any more. Called when the process stops.</summary>
    public Task CloseAsync() => RestAsync();

    public void Dispose() => _idle.Dispose();

    private Task WriteAsync()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool begins;
        lock (_lock)
        {
            _waiting.Add(written);
            begins = !_writing;
            _writing = true;
        }

        // Its errors go to those who wait.
        if (begins)
            _ = WriteAllAsync();

        return written.Task;
    }

    private async Task WriteAllAsync()
    {
        while (TryNext(out var next))
        {
            var began = _time.GetTimestamp();
            try
            {
                Keep(await WriteAsync(next), began, next);
                next.Waiting.ForEach(one => one.SetResult());
            }
            catch (Exception exception)
            {
                // Whatever became of the message, it comes back, and the next writing makes another.
                Keep(null, began, next);
                next.Waiting.ForEach(one => one.SetException(exception));
            }
        }
    }

    private async Task<Delivery> WriteAsync(Writing next)
    {
        if (next.Message is { } held && await _queue.RewriteAsync(held, next.Body, _options.ClaimLength, CancellationToken.None) is LeaseOutcome.Held kept)
            return kept.Delivery;

        var shard = (int)(_options.NextJitter() * _queue.Shards) % _queue.Shards;
        return await _queue.SendHeldAsync(shard, next.Body, _options.ClaimLength, CancellationToken.None);
    }

    private bool TryNext(out Writing next)
    {
        lock (_lock)
        {
            next = new Writing(_waiting, _message, WorkMessageText.WriteStarts([.. _runs]), _abandoned);
            _waiting = [];
            _writing = next.Waiting.Count > 0;
            return _writing;
        }
    }

    private void Keep(Delivery? message, long writtenAt, Writing writing)
    {
        lock (_lock)
        {
            // It names a run that was abandoned meanwhile: it has to come back.
            if (writing.Abandoned == _abandoned)
                (_message, _writtenAt) = (message, writtenAt);
        }
    }

    private async Task RestAsync()
    {
        Delivery message;
        lock (_lock)
        {
            if (_runs.Count > 0 || _writing || _message is null)
                return;

            (message, _message) = (_message, null);
        }

        try
        {
            await _queue.DeleteAsync(message, CancellationToken.None);
        }
        catch (Exception exception)
        {
            _logger.StartsNotDeleted(exception);
        }
    }

    private readonly record struct Writing(List<TaskCompletionSource> Waiting, Delivery? Message, string Body, int Abandoned);
}
