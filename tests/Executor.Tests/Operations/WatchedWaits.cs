using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Waits in memory that write every request down, and let a test come in between.</summary>
internal sealed class WatchedWaits(InMemoryWaitStore waits) : IWaitStore
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<Task>>> _before = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<Task>>> _after = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Does something before the next request of a kind.</summary>
    public void Before(string request, Func<Task> act) => _before.GetOrAdd(request, _ => new()).Enqueue(act);

    /// <summary>Does something when the next request of a kind has taken effect, before it returns.</summary>
    public void After(string request, Func<Task> act) => _after.GetOrAdd(request, _ => new()).Enqueue(act);

    /// <summary>Lets the next request of a kind fail before it takes effect.</summary>
    public void Fail(string request) => Before(request, () => throw new IOException($"Storage is down for a {request}."));

    public Task<StoredWait> AddAsync(StoredWait wait, CancellationToken cancellationToken) => DoAsync("add", () => waits.AddAsync(wait, cancellationToken));

    public Task<ImmutableArray<string>> FieldsAsync(string topic, CancellationToken cancellationToken) => DoAsync("fields", () => waits.FieldsAsync(topic, cancellationToken));

    public Task<ImmutableArray<StoredWait>> FindAsync(WaitPlace place, CancellationToken cancellationToken) => DoAsync("find", () => waits.FindAsync(place, cancellationToken));

    public Task<StoredWait?> ReadAsync(WaitPlace place, string slot, CancellationToken cancellationToken) => DoAsync("read", () => waits.ReadAsync(place, slot, cancellationToken));

    public Task<StoredWait?> CatchAsync(StoredWait wait, RawJson what, CancellationToken cancellationToken) => DoAsync("catch", () => waits.CatchAsync(wait, what, cancellationToken));

    public Task RemoveAsync(StoredWait wait, CancellationToken cancellationToken) => DoAsync("remove", async () =>
    {
        await waits.RemoveAsync(wait, cancellationToken);
        return true;
    });

    private async Task<T> DoAsync<T>(string request, Func<Task<T>> act)
    {
        Requests.Enqueue(request);
        if (_before.TryGetValue(request, out var before) && before.TryDequeue(out var first))
            await first();

        var outcome = await act();
        if (_after.TryGetValue(request, out var after) && after.TryDequeue(out var last))
            await last();

        return outcome;
    }
}
