using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Storage of which one write fails: the one of that number, before or after it took effect. Later ones work again.</summary>
internal sealed class FaultyPorts(InMemoryStorage storage, int failing, bool afterEffect) : IRunStore, IEventStore, ILiveIndex, IWorkQueue
{
    private int _writes;

    /// <summary>Whether the write was reached, so that it failed.</summary>
    public bool HasFailed => _writes > failing;

    public int Shards => storage.Queue.Shards;

    public Task<CreateRunOutcome> CreateAsync(Run run, CancellationToken cancellationToken) =>
        WriteAsync(() => storage.Runs.CreateAsync(run, cancellationToken));

    public Task<CommitRunOutcome> CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken) =>
        WriteAsync(() => storage.Runs.CommitAsync(before, version, after, cancellationToken));

    public Task RemoveAsync(RunId id, CancellationToken cancellationToken) => WriteAsync(() => storage.Runs.RemoveAsync(id, cancellationToken));

    public Task RemoveAsync(string internalId, CancellationToken cancellationToken) => WriteAsync(() => storage.Events.RemoveAsync(internalId, cancellationToken));

    Task<ReadRunOutcome> IRunStore.ReadAsync(RunId id, CancellationToken cancellationToken) => storage.Runs.ReadAsync(id, cancellationToken);

    Task IEventStore.AddAsync(ImmutableArray<StoredEvent> events, CancellationToken cancellationToken) =>
        WriteAsync(() => storage.Events.AddAsync(events, cancellationToken));

    Task<ReadEventOutcome> IEventStore.ReadAsync(string internalId, CancellationToken cancellationToken) => storage.Events.ReadAsync(internalId, cancellationToken);

    public Task<ImmutableArray<StoredEvent>> ListAsync(EventQuery query, CancellationToken cancellationToken) => storage.Events.ListAsync(query, cancellationToken);

    Task ILiveIndex.AddAsync(ImmutableArray<LiveEntry> entries, CancellationToken cancellationToken) =>
        WriteAsync(() => storage.Live.AddAsync(entries, cancellationToken));

    public Task MoveAsync(LiveEntry entry, DateTimeOffset checkAt, CancellationToken cancellationToken) =>
        WriteAsync(() => storage.Live.MoveAsync(entry, checkAt, cancellationToken));

    public Task RemoveAsync(LiveEntry entry, CancellationToken cancellationToken) => WriteAsync(() => storage.Live.RemoveAsync(entry, cancellationToken));

    public void RemoveSoon(LiveEntry entry) => storage.Live.RemoveSoon(entry);

    public Task<ImmutableArray<LiveEntry>> DueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken) =>
        storage.Live.DueAsync(now, max, cancellationToken);

    public IAsyncEnumerable<LiveEntry> AllAsync(CancellationToken cancellationToken) => storage.Live.AllAsync(cancellationToken);

    public Task SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken) =>
        WriteAsync(() => storage.Queue.SendAsync(shard, body, delay, cancellationToken));

    public Task<LeaseOutcome> RewriteAsync(Delivery delivery, string body, TimeSpan lease, CancellationToken cancellationToken) =>
        WriteAsync(() => storage.Queue.RewriteAsync(delivery, body, lease, cancellationToken));

    public Task<Delivery> SendHeldAsync(int shard, string body, TimeSpan lease, CancellationToken cancellationToken) =>
        WriteAsync(() => storage.Queue.SendHeldAsync(shard, body, lease, cancellationToken));

    public Task<ImmutableArray<Delivery>> ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken) =>
        storage.Queue.ReceiveAsync(shard, max, lease, cancellationToken);

    public Task<LeaseOutcome> ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken) =>
        storage.Queue.ExtendAsync(delivery, lease, cancellationToken);

    public Task DeleteAsync(Delivery delivery, CancellationToken cancellationToken) => storage.Queue.DeleteAsync(delivery, cancellationToken);

    private Task<bool> WriteAsync(Func<Task> write) => WriteAsync(async () =>
    {
        await write();
        return true;
    });

    private async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        var fails = Interlocked.Increment(ref _writes) == failing + 1;
        if (fails && !afterEffect)
            throw new IOException("Storage is down.");

        var outcome = await write();
        return fails ? throw new IOException("Storage is down.") : outcome;
    }
}
