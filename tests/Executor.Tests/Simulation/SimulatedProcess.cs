using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Simulation;

/// <summary>One executor. Each of its operations may fail before or after it took effect, or be the last thing the process ever did.</summary>
internal sealed class SimulatedProcess : IRunStore, IWorkQueue, ILiveIndex, IWaitStore, IGateStore, IAppCalls, IGatewayCalls
{
    // Task.Delay knows whole milliseconds only: with less than one it would not wait at all.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    private readonly InMemoryStorage _storage;
    private readonly ScriptedApp _app;
    private readonly Random _random;
    private readonly Faults _faults;
    private readonly AdvanceRun _advance;
    private readonly Sweep _sweep;
    private readonly CancelRun _cancel;
    private readonly CheckpointRun _checkpoint;
    private readonly List<TaskCompletionSource<CheckpointOutcome?>> _checkpoints = [];
    private readonly TimeProvider _time;
    private readonly Happened _happened;
    private DateTimeOffset _pausedUntil;

    public SimulatedProcess(InMemoryStorage storage, ScriptedApp app, Random random, TimeProvider everywhere, Faults faults, EngineOptions options, Happened happened)
    {
        var time = new ProcessTime(everywhere, () => IsDead);
        (_storage, _app, _random, _time, _faults, _happened) = (storage, app, random, time, faults, happened);
        var sender = new WorkSender(this, time);
        var directory = new AppDirectory(storage.Apps, time, options);
        var keep = new KeepWaits(this, time, options);
        var start = new StartRun(this, this, keep, sender, time, options);
        var gates = new Gates(this);
        ApplyFact apply = null!;
        var function = new StartFunction(start, new LimitStarts(gates, time), gates, this, () => apply, time);
        var waits = new MatchWaits(this, this, sender, time);
        var invoke = new InvokeChild(directory, function, start, storage.Events);
        var tellEnd = new TellEnd(directory, new StartTriggered(storage.Events, function, start, waits, time), waits, keep, sender, this, time);
        var effects = new CommitEffects(sender, this, new ParkWaits(keep, invoke), tellEnd);
        var work = new ItemWork(this, this, directory, new LookAtWait(this, this, invoke, time), new HoldSlots(this, gates, sender, time, options), time, options);
        var sessions = new RunSessions(this, effects, time, options);
        _advance = new AdvanceRun(this, sessions, work, sender, time, options, NullLogger<AdvanceRun>.Instance);
        _sweep = new Sweep(this, this, sender, tellEnd, time, NullLogger<Sweep>.Instance);
        apply = new ApplyFact(this, effects, time);
        _cancel = new CancelRun(apply);
        _checkpoint = new CheckpointRun(sessions, time);
    }

    public bool IsDead { get; private set; }

    /// <summary>Deliveries being handled.</summary>
    public int Handling { get; private set; }

    int IWorkQueue.Shards => _storage.Queue.Shards;

    public async Task HandleAsync(Delivery delivery)
    {
        Handling++;
        await TryAsync(() => _advance.HandleAsync(delivery, CancellationToken.None));
        Handling--;
    }

    public Task SweepAsync() => TryAsync(() => _sweep.RunAsync(CancellationToken.None));

    public Task CancelAsync(RunId id) => TryAsync(() => _cancel.CancelAsync(id, "asked", CancellationToken.None));

    /// <summary>What it answers to a checkpoint; null when it fails, or dies before it has answered.</summary>
    public async Task<CheckpointOutcome?> CheckpointAsync(RunId id, DispatchKey dispatch, Op op)
    {
        var answer = new TaskCompletionSource<CheckpointOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _checkpoints.Add(answer);
        _ = TakeAsync();
        var outcome = await answer.Task;
        _checkpoints.Remove(answer);
        return outcome;

        async Task TakeAsync()
        {
            await TryAsync(async () => answer.TrySetResult(await _checkpoint.CheckpointAsync(id, dispatch, [op])));
            answer.TrySetResult(null);
        }
    }

    Task<CreateRunOutcome> IRunStore.CreateAsync(Run run, CancellationToken cancellationToken) => DoAsync(() => _storage.Runs.CreateAsync(run, cancellationToken));

    Task<ReadRunOutcome> IRunStore.ReadAsync(RunId id, CancellationToken cancellationToken) => DoAsync(() => _storage.Runs.ReadAsync(id, cancellationToken));

    async Task<CommitRunOutcome> IRunStore.CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken)
    {
        Invariants.Check(before, after);
        var outcome = await DoAsync(() => _storage.Runs.CommitAsync(before, version, after, cancellationToken));
        _happened.Conflicts += outcome is CommitRunOutcome.Conflict ? 1 : 0;
        _happened.EmptyDiscoveries += after.Discovery is { CountedAttempt: > 0, Retrying: null } ? 1 : 0;
        return outcome;
    }

    Task IWorkQueue.SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        if (_random.NextDouble() >= _faults.Lost)
            await _storage.Queue.SendAsync(shard, body, delay, cancellationToken);
        if (_random.NextDouble() < _faults.Duplicate)
            await _storage.Queue.SendAsync(shard, body.Replace("\"fresh\":true", "\"fresh\":false", StringComparison.Ordinal), delay, cancellationToken);
        return true;
    });

    Task<ImmutableArray<Delivery>> IWorkQueue.ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken) =>
        DoAsync(() => _storage.Queue.ReceiveAsync(shard, max, lease, cancellationToken));

    Task<LeaseOutcome> IWorkQueue.ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken) =>
        DoAsync(() => _storage.Queue.ExtendAsync(delivery, lease, cancellationToken));

    Task IWorkQueue.DeleteAsync(Delivery delivery, CancellationToken cancellationToken) => DoAsync(() => Done(_storage.Queue.DeleteAsync(delivery, cancellationToken)));

    Task ILiveIndex.AddAsync(ImmutableArray<LiveEntry> entries, CancellationToken cancellationToken) => DoAsync(() => Done(_storage.Live.AddAsync(entries, cancellationToken)));

    Task ILiveIndex.MoveAsync(LiveEntry entry, DateTimeOffset checkAt, CancellationToken cancellationToken) =>
        DoAsync(() => Done(_storage.Live.MoveAsync(entry, checkAt, cancellationToken)));

    Task ILiveIndex.RemoveAsync(LiveEntry entry, CancellationToken cancellationToken) => DoAsync(() => Done(_storage.Live.RemoveAsync(entry, cancellationToken)));

    Task<ImmutableArray<LiveEntry>> ILiveIndex.DueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken) =>
        DoAsync(() => _storage.Live.DueAsync(now, max, cancellationToken));

    IAsyncEnumerable<LiveEntry> ILiveIndex.AllAsync(CancellationToken cancellationToken) => _storage.Live.AllAsync(cancellationToken);

    Task<StoredWait> IWaitStore.AddAsync(StoredWait wait, CancellationToken cancellationToken) => DoAsync(() => _storage.Waits.AddAsync(wait, cancellationToken));

    Task<ImmutableArray<string>> IWaitStore.FieldsAsync(string topic, CancellationToken cancellationToken) => DoAsync(() => _storage.Waits.FieldsAsync(topic, cancellationToken));

    Task<ImmutableArray<StoredWait>> IWaitStore.FindAsync(WaitPlace place, CancellationToken cancellationToken) => DoAsync(() => _storage.Waits.FindAsync(place, cancellationToken));

    Task<StoredWait?> IWaitStore.ReadAsync(WaitPlace place, string slot, CancellationToken cancellationToken) => DoAsync(() => _storage.Waits.ReadAsync(place, slot, cancellationToken));

    Task<StoredWait?> IWaitStore.CatchAsync(StoredWait wait, RawJson what, CancellationToken cancellationToken) => DoAsync(() => _storage.Waits.CatchAsync(wait, what, cancellationToken));

    Task IWaitStore.RemoveAsync(StoredWait wait, CancellationToken cancellationToken) => DoAsync(() => Done(_storage.Waits.RemoveAsync(wait, cancellationToken)));

    Task<StoredGate> IGateStore.ReadAsync(string key, CancellationToken cancellationToken) => DoAsync(() => _storage.Gates.ReadAsync(key, cancellationToken));

    Task<bool> IGateStore.WriteAsync(string key, StoredGate before, RawJson state, CancellationToken cancellationToken) =>
        DoAsync(() => _storage.Gates.WriteAsync(key, before, state, cancellationToken));

    Task IGateStore.EnqueueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken) => DoAsync(() => Done(_storage.Gates.EnqueueAsync(key, waiter, cancellationToken)));

    Task<ImmutableArray<GateWaiter>> IGateStore.FirstAsync(string key, int max, CancellationToken cancellationToken) => DoAsync(() => _storage.Gates.FirstAsync(key, max, cancellationToken));

    Task IGateStore.DequeueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken) => DoAsync(() => Done(_storage.Gates.DequeueAsync(key, waiter, cancellationToken)));

    async Task<AppAnswer> IAppCalls.CallAsync(AppCall call, CancellationToken cancellationToken)
    {
        var answer = await _app.CallAsync(call, cancellationToken);
        await DieOrGoOnAsync();
        return answer;
    }

    // No function of the simulation asks for one.
    Task<AppAnswer> IGatewayCalls.CallAsync(GatewayCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task TryAsync(Func<Task> operation)
    {
        try
        {
            await operation();
        }
        catch (StorageDownException)
        {
            // As in a host: a message comes back when its lease is over, the next sweep does what this one did not, and whoever cancels is told so.
        }
        catch (Exception exception)
        {
            _happened.Failure ??= exception;
        }
    }

    private async Task<T> DoAsync<T>(Func<Task<T>> operation)
    {
        await Task.Yield();
        await DieOrGoOnAsync();
        if (_random.NextDouble() < _faults.FailBefore)
            throw new StorageDownException();

        var result = await operation();
        await Task.Yield();
        await DieOrGoOnAsync();
        return _random.NextDouble() < _faults.FailAfter ? throw new StorageDownException() : result;
    }

    private async Task DieOrGoOnAsync()
    {
        IsDead = IsDead || _random.NextDouble() < _faults.Crash;
        if (IsDead)
        {
            _checkpoints.ForEach(answer => answer.TrySetResult(null));
            await new TaskCompletionSource().Task;
        }

        if (_random.NextDouble() < _faults.Pause)
        {
            _happened.Pauses++;
            _pausedUntil = _time.GetUtcNow() + TimeSpan.FromSeconds(_random.Next(20, 120));
        }

        while (_pausedUntil - _time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest + s_tick, _time);
    }

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }
}
