using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>
/// One run inside this process, shared by all messages that are worked on here. Facts that come in while a commit is under way, or while
/// sibling calls are about to end, are committed together. State is read when a message begins, kept, and read again only after a conflict.
/// </summary>
public sealed class RunSession(RunId id, IRunStore runs, CommitEffects effects, TimeProvider time, EngineOptions options)
{
    // So many facts touch at most as many rows as fit into one table transaction.
    private const int MaxFacts = 90;

    private readonly Lock _lock = new();
    private readonly Queue<Waiter> _waiting = new();
    private readonly HashSet<MessageId> _sent = [];
    private bool _committing;
    private int _calls;
    private TaskCompletionSource? _quiet;
    private ReadRunOutcome.Found? _state;
    private long _knownSince;

    public RunId Id => id;

    /// <summary>
    /// The newest state known here; null when there is no run. What a fact returns may be older by the time it is looked at: in it, an item that was done
    /// since would look undone.
    /// </summary>
    public Run? Current { get; private set; }

    /// <summary>How old it is at most: what others have committed since is not in it.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref _knownSince));

    /// <summary>Reads the run from storage.</summary>
    public Task ReloadAsync() => EnqueueAsync(new Waiter(null));

    /// <summary>Reads the run from storage, unless it is known, and nothing newer is known here.</summary>
    public Task ReloadAsync(ReadRunOutcome.Found? known) => EnqueueAsync(new Waiter(null, Known: known));

    /// <summary>
    /// Commits a fact, together with others, and sends what follows. A fact that changes nothing costs nothing.
    /// </summary>
    public Task ApplyAsync(Fact fact) => EnqueueAsync(new Waiter(fact));

    /// <summary>Commits a fact for which a call under way waits, so that waiting for that call's end would gain nothing.</summary>
    public Task ApplyAtOnceAsync(Fact fact) => EnqueueAsync(new Waiter(fact, IsAwaitedByCall: true));

    /// <summary>Whether a hint was sent from here.</summary>
    public bool HasSent(MessageId hint)
    {
        lock (_lock)
            return _sent.Contains(hint);
    }

    /// <summary>Remembers that a hint was sent from here.</summary>
    public void MarkSent(MessageId hint)
    {
        lock (_lock)
            _sent.Add(hint);
    }

    /// <summary>Makes a call during which commits wait a little for its result.</summary>
    public async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        lock (_lock)
            _calls++;

        try
        {
            return await call();
        }
        finally
        {
            lock (_lock)
            {
                if (--_calls == 0)
                    _quiet?.TrySetResult();
            }
        }
    }

    private Task EnqueueAsync(Waiter waiter)
    {
        bool start;
        lock (_lock)
        {
            _waiting.Enqueue(waiter);
            start = !_committing;
            _committing = true;
        }

        // Its errors go to those who wait.
        if (start)
            _ = CommitAllAsync();

        return waiter.Done.Task;
    }

    private async Task CommitAllAsync()
    {
        while (true)
        {
            await LingerAsync();
            List<Waiter> batch;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _committing = false;
                    return;
                }

                batch = new List<Waiter>(Math.Min(_waiting.Count, MaxFacts));
                while (batch.Count < MaxFacts && _waiting.TryDequeue(out var next))
                    batch.Add(next);
            }

            try
            {
                await CommitAsync(batch);
                batch.ForEach(waiter => waiter.Done.TrySetResult());
            }
            catch (Exception exception)
            {
                // Whether it took effect is unknown, so the state in memory is not to be trusted.
                _state = null;
                batch.ForEach(waiter => waiter.Done.TrySetException(exception));
            }
        }
    }

    private async Task LingerAsync()
    {
        TaskCompletionSource quiet;
        lock (_lock)
        {
            if (_calls == 0 || _waiting.Count == 0 || _waiting.Any(waiter => waiter.IsAwaitedByCall))
                return;

            _quiet = quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // Awaited itself, not by way of WhenAny, which would go through the thread pool, past the scheduler of a simulation.
        using var enough = time.CreateTimer(static one => ((TaskCompletionSource)one!).TrySetResult(), quiet, options.CommitLinger, Timeout.InfiniteTimeSpan);
        await quiet.Task;
    }

    private async Task CommitAsync(List<Waiter> batch)
    {
        if (_state is null && batch.Find(waiter => waiter.Known is not null) is { } knowing)
            Keep(knowing.Known, time.GetTimestamp());

        if (_state is null || batch.Exists(waiter => waiter is { Fact: null, Known: null }))
            await LoadAsync();

        List<(Run Before, Run After)>? lost = null;
        while (_state is { } before)
        {
            var now = time.GetUtcNow();
            var run = before.Run;
            var hints = new List<Hint>();
            foreach (var fact in batch.Select(waiter => waiter.Fact).OfType<Fact>())
            {
                var decision = RunDecider.Decide(run, fact, now);
                run = decision.Run;
                hints.AddRange(decision.Hints);
            }

            if (ReferenceEquals(run, before.Run))
                break;

            var children = await effects.BeforeAsync(before.Run, run, CancellationToken.None);
            var began = time.GetTimestamp();
            switch (await runs.CommitAsync(before.Run, before.Version, run, CancellationToken.None))
            {
                case CommitRunOutcome.Committed committed:
                    Keep(new ReadRunOutcome.Found(run, committed.Version), began);
                    await effects.AfterAsync(before.Run, run, [.. hints], children, CancellationToken.None);
                    hints.ForEach(hint => MarkSent(hint.Id));
                    await ForgetAsync(lost);
                    return;
                default:
                    // Conflict, or the run is gone: the newest row decides.
                    (lost ??= []).Add((before.Run, run));
                    await LoadAsync();
                    break;
            }
        }

        await ForgetAsync(lost);
    }

    /// <summary>Undoes what was made ready for commits that did not come to be. While the run goes on, another may be about to make the same commit.</summary>
    private async Task ForgetAsync(List<(Run Before, Run After)>? lost)
    {
        if (lost is null || _state is { Run.IsLive: true })
            return;

        foreach (var (before, after) in lost)
            await effects.UndoAsync(before, after, CancellationToken.None);
    }

    private async Task LoadAsync()
    {
        var began = time.GetTimestamp();
        Keep(await runs.ReadAsync(id, CancellationToken.None) as ReadRunOutcome.Found, began);
    }

    private void Keep(ReadRunOutcome.Found? state, long since)
    {
        Volatile.Write(ref _knownSince, since);
        _state = state;
        Current = state?.Run;
    }

    private sealed record Waiter(Fact? Fact, bool IsAwaitedByCall = false, ReadRunOutcome.Found? Known = null)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
