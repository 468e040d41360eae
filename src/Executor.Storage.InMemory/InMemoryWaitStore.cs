using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>Waits by their place.</summary>
public sealed class InMemoryWaitStore : IWaitStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<WaitPlace, SortedDictionary<string, StoredWait>> _places = [];
    private readonly Dictionary<string, ImmutableSortedSet<string>> _fields = new(StringComparer.Ordinal);

    /// <summary>The number of waits.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _places.Values.Sum(place => place.Count);
        }
    }

    public Task<StoredWait> AddAsync(StoredWait wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _fields[wait.Place.Topic] = _fields.GetValueOrDefault(wait.Place.Topic, ImmutableSortedSet.Create<string>(StringComparer.Ordinal)).Add(wait.Place.Fields);
            if (!_places.TryGetValue(wait.Place, out var slots))
                _places.Add(wait.Place, slots = new SortedDictionary<string, StoredWait>(StringComparer.Ordinal));

            slots.TryAdd(wait.Slot, wait);
            return Task.FromResult(slots[wait.Slot]);
        }
    }

    public Task<ImmutableArray<string>> FieldsAsync(string topic, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_fields.TryGetValue(topic, out var fields) ? fields.ToImmutableArray() : []);
    }

    public Task<ImmutableArray<StoredWait>> FindAsync(WaitPlace place, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_places.TryGetValue(place, out var slots) ? slots.Values.ToImmutableArray() : []);
    }

    public Task<StoredWait?> ReadAsync(WaitPlace place, string slot, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(Find(place, slot));
    }

    public Task<StoredWait?> CatchAsync(StoredWait wait, RawJson what, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (Own(wait) is not { } found)
                return Task.FromResult<StoredWait?>(null);

            return Task.FromResult<StoredWait?>(_places[wait.Place][wait.Slot] = found with { Caught = found.Caught ?? what });
        }
    }

    public Task RemoveAsync(StoredWait wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (Own(wait) is not null && _places[wait.Place] is var slots && slots.Remove(wait.Slot) && slots.Count == 0)
                _places.Remove(wait.Place);
        }

        return Task.CompletedTask;
    }

    private StoredWait? Own(StoredWait wait) => Find(wait.Place, wait.Slot) is { } found && found.Run == wait.Run && found.Step == wait.Step ? found : null;

    private StoredWait? Find(WaitPlace place, string slot) => _places.TryGetValue(place, out var slots) ? slots.GetValueOrDefault(slot) : null;
}
