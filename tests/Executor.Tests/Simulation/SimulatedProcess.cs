using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Simulation;

/// <summary>One executor. Each of its operations may fail before or after it took effect, or be the last thing the process ever did.</summary>
internal sealed class SimulatedProcess : IRunStore, IWorkQueue, ILiveIndex, IAppCalls
{
    private readonly InMemoryStorage _storage;
    private readonly ScriptedApp _app;
    private readonly Random _random;
    private readonly Faults _faults;
    private readonly AdvanceRun _advance;
    private readonly Sweep _sweep;

    public SimulatedProcess(InMemoryStorage storage, ScriptedApp app, Random random, TimeProvider time, Faults faults, EngineOptions options)
    {
        (_storage, _app, _random, _faults) = (storage, app, random, faults);
        var sender = new WorkSender(this, time);
        var afterCommit = new AfterCommit(sender, this);
        var work = new ItemWork(this, new AppDirectory(storage.Apps, time, options), time);
        _advance = new AdvanceRun(this, new RunSessions(this, afterCommit, time, options), work, sender, time, options, NullLogger<AdvanceRun>.Instance);
        _sweep = new Sweep(this, this, sender, time, NullLogger<Sweep>.Instance);
        Sender = sender;
    }

    public WorkSender Sender { get; }

    public bool IsDead { get; private set; }

    public int Commits { get; private set; }

    /// <summary>Deliveries being handled.</summary>
    public int Handling { get; private set; }

    int IWorkQueue.Shards => _storage.Queue.Shards;

    public async Task HandleAsync(Delivery delivery)
    {
        Handling++;
        try
        {
            await _advance.HandleAsync(delivery, CancellationToken.None);
        }
        catch (StorageDownException)
        {
            // As in a host: the message comes back when its lease is over.
        }
        finally
        {
            Handling--;
        }
    }

    public async Task SweepAsync()
    {
        try
        {
            await _sweep.RunAsync(CancellationToken.None);
        }
        catch (StorageDownException)
        {
            // The next pass does it again.
        }
    }

    Task<CreateRunOutcome> IRunStore.CreateAsync(Run run, CancellationToken cancellationToken) => DoAsync(() => _storage.Runs.CreateAsync(run, cancellationToken));

    Task<ReadRunOutcome> IRunStore.ReadAsync(RunId id, CancellationToken cancellationToken) => DoAsync(() => _storage.Runs.ReadAsync(id, cancellationToken));

    Task<CommitRunOutcome> IRunStore.CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken)
    {
        Commits++;
        Invariants.Check(after);
        return DoAsync(() => _storage.Runs.CommitAsync(before, version, after, cancellationToken));
    }

    Task IWorkQueue.SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken) => DoAsync(async () =>
    {
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

    async Task<AppAnswer> IAppCalls.CallAsync(AppCall call, CancellationToken cancellationToken)
    {
        var answer = await _app.CallAsync(call, cancellationToken);
        await DieOrGoOnAsync();
        return answer;
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
            await new TaskCompletionSource().Task;
    }

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }
}
