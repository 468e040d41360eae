using System.Collections.Concurrent;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Operations;

/// <summary>Writes and removes the waits of runs, and knows whether anybody waits for the events that the executor itself makes.</summary>
public sealed class KeepWaits(IWaitStore waits, TimeProvider time, EngineOptions options)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _unawaited = new(StringComparer.Ordinal);

    public async Task AddAsync(StoredWait wait, CancellationToken cancellationToken)
    {
        await waits.AddAsync(wait, cancellationToken);
        _unawaited.TryRemove(wait.Place.Topic, out _);
    }

    public Task RemoveAsync(StoredWait wait, CancellationToken cancellationToken) => waits.RemoveAsync(wait, cancellationToken);

    /// <summary>Removes the waits of a run for the events that cancel it.</summary>
    public async Task RemoveCancelsAsync(Run run, CancellationToken cancellationToken)
    {
        foreach (var cancel in WaitPlaces.CancelsOf(run))
            await waits.RemoveAsync(cancel, cancellationToken);
    }

    /// <summary>
    /// Whether any run waits, or has ever waited, for events of this name, of the executor's own making. That nobody does is remembered as long as the registered apps
    /// are: every end of a run asks. The first wait ever for such a name is known here at once, and in other processes after that time.
    /// </summary>
    public async Task<bool> IsAwaitedAsync(string name, CancellationToken cancellationToken)
    {
        var topic = WaitPlaces.EventTopic(name);
        var now = time.GetUtcNow();
        if (_unawaited.TryGetValue(topic, out var at) && now - at < options.DirectoryAge)
            return false;

        // Marked before it is asked: a wait that is written meanwhile takes the mark away again.
        _unawaited[topic] = now;
        if ((await waits.FieldsAsync(topic, cancellationToken)).IsEmpty)
            return false;

        _unawaited.TryRemove(topic, out _);
        return true;
    }
}
