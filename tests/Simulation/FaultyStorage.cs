using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Simulation.Tests;

/// <summary>The storage as one process reaches it. Each operation may fail before or after it took effect, take long, or be the last thing the process ever did.</summary>
internal sealed partial class FaultyStorage(InMemoryStorage storage, ProcessLife life, Witness witness, Random random, Faults faults, Happened happened)
    : IRunStore, IEventStore, IAppStore, IWorkQueue, ILiveIndex, IWaitStore, IGateStore
{
    int IWorkQueue.Shards => storage.Queue.Shards;

    Task<CreateRunOutcome> IRunStore.CreateAsync(Run run, CancellationToken cancellationToken) => DoAsync("create run", run.Id, async () =>
    {
        var outcome = await storage.Runs.CreateAsync(run, cancellationToken);
        if (outcome is not CreateRunOutcome.Exists)
            witness.Created(run);

        return outcome;
    });

    Task<ReadRunOutcome> IRunStore.ReadAsync(RunId id, CancellationToken cancellationToken) => DoAsync("read run", id, () => storage.Runs.ReadAsync(id, cancellationToken));

    Task<CommitRunOutcome> IRunStore.CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken) => DoAsync("commit run", after.Id, async () =>
    {
        var outcome = await storage.Runs.CommitAsync(before, version, after, cancellationToken);
        if (outcome is CommitRunOutcome.Committed)
            witness.Committed(before, after);
        else
            happened.Conflicts++;

        return outcome;
    });

    Task IRunStore.RemoveAsync(RunId id, CancellationToken cancellationToken) => DoAsync("remove run", id, () => Done(storage.Runs.RemoveAsync(id, cancellationToken)));

    Task IEventStore.RemoveAsync(string internalId, CancellationToken cancellationToken) => DoAsync("remove event", internalId, () => Done(storage.Events.RemoveAsync(internalId, cancellationToken)));

    Task IEventStore.AddAsync(ImmutableArray<StoredEvent> events, CancellationToken cancellationToken) => DoAsync("add events", events.Length, () => Done(storage.Events.AddAsync(events, cancellationToken)));

    Task<ReadEventOutcome> IEventStore.ReadAsync(string internalId, CancellationToken cancellationToken) => DoAsync("read event", internalId, () => storage.Events.ReadAsync(internalId, cancellationToken));

    Task<ImmutableArray<StoredEvent>> IEventStore.ListAsync(EventQuery query, CancellationToken cancellationToken) => DoAsync("list events", query, () => storage.Events.ListAsync(query, cancellationToken));

    Task IAppStore.SaveAsync(RegisteredApp app, CancellationToken cancellationToken) => DoAsync("save app", app.Id, () => Done(storage.Apps.SaveAsync(app, cancellationToken)));

    Task<StoredApps> IAppStore.ReadAsync(CancellationToken cancellationToken) => DoAsync("read apps", "", () => storage.Apps.ReadAsync(cancellationToken));

    Task IAppStore.SetPausedAsync(FunctionId function, bool isPaused, CancellationToken cancellationToken) =>
        DoAsync("pause function", function, () => Done(storage.Apps.SetPausedAsync(function, isPaused, cancellationToken)));

    Task IWorkQueue.SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken) => DoAsync("send", body, async () =>
    {
        if (random.NextDouble() >= faults.Lost)
            await storage.Queue.SendAsync(shard, body, delay, cancellationToken);
        else
            happened.LastFault = life.Time.GetUtcNow();

        if (random.NextDouble() < faults.Duplicate)
            await storage.Queue.SendAsync(shard, AsCopy(body), delay, cancellationToken);

        return true;
    });

    Task<Delivery> IWorkQueue.SendHeldAsync(int shard, string body, TimeSpan lease, CancellationToken cancellationToken) => DoAsync("send held", body, async () =>
    {
        var held = await storage.Queue.SendHeldAsync(shard, body, lease, cancellationToken);
        if (random.NextDouble() < faults.Lost)
        {
            await storage.Queue.DeleteAsync(held, cancellationToken);
            happened.LastFault = life.Time.GetUtcNow();
        }

        if (random.NextDouble() < faults.Duplicate)
            await storage.Queue.SendAsync(shard, body, TimeSpan.Zero, cancellationToken);

        return held;
    });

    Task<LeaseOutcome> IWorkQueue.RewriteAsync(Delivery delivery, string body, TimeSpan lease, CancellationToken cancellationToken) => DoAsync("rewrite", body, async () =>
    {
        var outcome = await storage.Queue.RewriteAsync(delivery, body, lease, cancellationToken);
        if (outcome is LeaseOutcome.Held held && random.NextDouble() < faults.Lost)
        {
            await storage.Queue.DeleteAsync(held.Delivery, cancellationToken);
            happened.LastFault = life.Time.GetUtcNow();
        }

        if (random.NextDouble() < faults.Duplicate)
            await storage.Queue.SendAsync(delivery.Shard, body, TimeSpan.Zero, cancellationToken);

        return outcome;
    });

    Task<ImmutableArray<Delivery>> IWorkQueue.ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken) =>
        DoAsync("receive", shard, () => storage.Queue.ReceiveAsync(shard, max, lease, cancellationToken));

    Task<LeaseOutcome> IWorkQueue.ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken) =>
        DoAsync("extend", delivery.Body, () => storage.Queue.ExtendAsync(delivery, lease, cancellationToken));

    Task IWorkQueue.DeleteAsync(Delivery delivery, CancellationToken cancellationToken) => DoAsync("delete", delivery.Body, async () =>
    {
        await storage.Queue.DeleteAsync(delivery, cancellationToken);
        if (random.NextDouble() < faults.Undeleted)
            await storage.Queue.SendAsync(delivery.Shard, AsCopy(delivery.Body), TimeSpan.FromSeconds(random.Next(60)), cancellationToken);

        return true;
    });

    Task ILiveIndex.AddAsync(ImmutableArray<LiveEntry> entries, CancellationToken cancellationToken) => DoAsync("add to live index", entries[0].Run, () => Done(storage.Live.AddAsync(entries, cancellationToken)));

    Task ILiveIndex.MoveAsync(LiveEntry entry, DateTimeOffset checkAt, CancellationToken cancellationToken) =>
        DoAsync("move in live index", $"{entry} to {checkAt:O}", () => Done(storage.Live.MoveAsync(entry, checkAt, cancellationToken)));

    Task ILiveIndex.RemoveAsync(LiveEntry entry, CancellationToken cancellationToken) => DoAsync("remove from live index", entry, () => Done(storage.Live.RemoveAsync(entry, cancellationToken)));

    // Whoever dies meanwhile leaves the row to the sweep.
    void ILiveIndex.RemoveSoon(LiveEntry entry)
    {
        if (!life.IsDead && random.Next(10) > 0)
            storage.Live.RemoveSoon(entry);
    }

    Task<ImmutableArray<LiveEntry>> ILiveIndex.DueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken) =>
        DoAsync("read live index", max, () => storage.Live.DueAsync(now, max, cancellationToken));

    IAsyncEnumerable<LiveEntry> ILiveIndex.AllAsync(CancellationToken cancellationToken) => storage.Live.AllAsync(cancellationToken);

    Task<StoredWait> IWaitStore.AddAsync(StoredWait wait, CancellationToken cancellationToken) => DoAsync("add wait", wait.Slot, async () =>
    {
        var added = await storage.Waits.AddAsync(wait, cancellationToken);
        witness.Waits(added);
        return added;
    });

    Task<ImmutableArray<string>> IWaitStore.FieldsAsync(string topic, CancellationToken cancellationToken) => DoAsync("read wait fields", topic, () => storage.Waits.FieldsAsync(topic, cancellationToken));

    Task<ImmutableArray<StoredWait>> IWaitStore.FindAsync(WaitPlace place, CancellationToken cancellationToken) => DoAsync("find waits", place.Topic, () => storage.Waits.FindAsync(place, cancellationToken));

    Task<StoredWait?> IWaitStore.ReadAsync(WaitPlace place, string slot, CancellationToken cancellationToken) => DoAsync("read wait", slot, () => storage.Waits.ReadAsync(place, slot, cancellationToken));

    Task<StoredWait?> IWaitStore.CatchAsync(StoredWait wait, RawJson what, CancellationToken cancellationToken) => DoAsync("catch wait", wait.Slot, async () =>
    {
        var left = await storage.Waits.CatchAsync(wait, what, cancellationToken);
        if (left is not null)
            witness.Caught.TryAdd((wait.Run, wait.Step), SimulatedEvents.IdOf(what));

        return left;
    });

    Task IWaitStore.RemoveAsync(StoredWait wait, CancellationToken cancellationToken) => DoAsync("remove wait", wait.Slot, () => Done(storage.Waits.RemoveAsync(wait, cancellationToken)));

    Task<StoredGate> IGateStore.ReadAsync(string key, CancellationToken cancellationToken) => DoAsync("read gate", key, () => storage.Gates.ReadAsync(key, cancellationToken));

    Task<bool> IGateStore.WriteAsync(string key, StoredGate before, RawJson state, CancellationToken cancellationToken) => DoAsync("write gate", $"{key} {(happened.Trace is null ? "" : Masked(state))}", async () =>
    {
        witness.Gates.Add(key);
        return await storage.Gates.WriteAsync(key, before, state, cancellationToken);
    });

    Task IGateStore.EnqueueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken) => DoAsync("stand in line", waiter.Run, () => Done(storage.Gates.EnqueueAsync(key, waiter, cancellationToken)));

    Task<ImmutableArray<GateWaiter>> IGateStore.FirstAsync(string key, int max, CancellationToken cancellationToken) => DoAsync("read line", key, () => storage.Gates.FirstAsync(key, max, cancellationToken));

    Task IGateStore.DequeueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken) => DoAsync("leave line", waiter.Run, () => Done(storage.Gates.DequeueAsync(key, waiter, cancellationToken)));

    private async Task<T> DoAsync<T>(string what, object about, Func<Task<T>> operation)
    {
        await Task.Yield();
        await life.GoOnAsync();
        if (random.NextDouble() < faults.FailBefore)
            throw Fail(what, about, "fails");

        if (random.NextDouble() < faults.Slow)
        {
            var rest = TimeSpan.FromMilliseconds(random.Next(1, 5_000));
            happened.LastFault = life.Time.GetUtcNow() + rest;
            await Task.Delay(rest, life.Time);
        }

        var result = await operation();
        happened.Trace?.Add($"{life.Name} {what} {about} → {Text(result)}");
        await Task.Yield();
        await life.GoOnAsync();
        return random.NextDouble() < faults.FailAfter ? throw Fail(what, about, "fails afterwards") : result;
    }

    private StorageDownException Fail(string what, object about, string how)
    {
        happened.LastFault = life.Time.GetUtcNow();
        happened.Trace?.Add($"{life.Name} {what} {about} {how}");
        return new StorageDownException();
    }

    private static string AsCopy(string body) => body.Replace("\"fresh\":true", "\"fresh\":false", StringComparison.Ordinal);

    private static string? Text(object? result) => result switch
    {
        ReadRunOutcome.Found { Run: var run } => $"{run.Status} {run.Stack.Count}/{run.Steps.Count} {run.Discovery}",
        CommitRunOutcome or CreateRunOutcome or ImmutableArray<StoredWait> => result.GetType().Name,
        StoredGate gate => Masked(gate.State),
        StoredWait wait => wait.Caught is null ? "open" : "caught",
        Delivery or LeaseOutcome => result.GetType().Name,
        null => "null",
        _ => result.ToString(),
    };

    /// <summary>Without the part of tickets that differs each time.</summary>
    private static string Masked(RawJson state) => Ticket().Replace(state.ToString(), "/…");

    [GeneratedRegex("/[0-9A-Z]{26}")]
    private static partial Regex Ticket();

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }
}
