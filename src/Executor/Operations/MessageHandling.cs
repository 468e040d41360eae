using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>
/// The work under one message: its calls side by side and straight on, until nothing is left that the message holds, the time budget is used up, or the
/// process stops. Meanwhile its lease and its claim are kept alive.
/// </summary>
internal sealed class MessageHandling(RunSession session, HeldMessage held, WorkMessage message, TimeProvider time, EngineOptions options)
{
    private readonly long _began = time.GetTimestamp();
    private readonly Dictionary<StepKey, Task<Run?>> _underWay = [];

    /// <summary>Whether anything was worked on, so that what follows from it was sent from here.</summary>
    public bool HasWorked { get; private set; }

    /// <summary>Whether nothing new may be begun.</summary>
    public bool IsOver(CancellationToken stopping) => stopping.IsCancellationRequested || time.GetElapsedTime(_began) >= options.TimeBudget;

    /// <summary>Works until nothing is under way. Returns the run as it then stands.</summary>
    public async Task<Run> WorkAsync(Pickup.Work found, ItemWork work, CancellationToken stopping)
    {
        HasWorked = true;
        using var breakOff = new CancellationTokenSource();
        using var grace = stopping.Register(() => breakOff.CancelAfter(options.StopGrace));
        var run = found.Claim.IsEmpty ? await session.ReloadAsync() : await session.ApplyAsync(new Fact.Claimed(found.Claim) { By = By(stopping) });
        foreach (var key in found.Timers)
            Begin(run!, key);

        try
        {
            while (run is not null)
            {
                foreach (var item in PendingItems.Of(run).Where(item => item.Holder == message.Id && !_underWay.ContainsKey(item.Key)))
                {
                    if (IsOver(stopping))
                        break;

                    Begin(run, item.Key);
                }

                if (_underWay.Count == 0)
                    break;

                run = await NextAsync(run, stopping);
            }
        }
        finally
        {
            // Only after a failure of storage is anything under way here: its results are lost with it, but not its errors.
            await Task.WhenAll(_underWay.Values).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        if (run is not null && PendingItems.Of(run).Any(item => item.Holder == message.Id))
            run = await session.ApplyAsync(new Fact.Released { By = By(stopping) with { ClaimLength = TimeSpan.Zero } });

        return run ?? throw new InvalidOperationException($"Run {message.Run} was deleted while it was worked on.");

        void Begin(Run state, StepKey key) => _underWay.Add(key, work.RunAsync(session, state, key, () => By(stopping), breakOff.Token));
    }

    /// <summary>Waits until an item is done. While all take long, keeps the lease and the claim.</summary>
    private async Task<Run?> NextAsync(Run run, CancellationToken stopping)
    {
        using var done = new CancellationTokenSource();
        var tick = Task.Delay(options.ClaimLength / 3, time, done.Token);
        var finished = await Task.WhenAny([tick, .. _underWay.Values]);
        if (finished != tick)
        {
            await done.CancelAsync();
            _underWay.Remove(_underWay.First(item => item.Value == finished).Key);
            return await (Task<Run?>)finished;
        }

        await held.ExtendAsync(options.ClaimLength);
        return run.Claims.TryGetValue(message.Id, out var until) && until - time.GetUtcNow() <= options.ClaimLength * 2 / 3
            ? await session.ApplyAsync(new Fact.Renewed { By = By(stopping) })
            : run;
    }

    /// <summary>What is decided last under a message that is over goes to the queue instead of being gone on with.</summary>
    private Handling By(CancellationToken stopping) => new()
    {
        Message = message.Id,
        ClaimLength = IsOver(stopping) && _underWay.Count <= 1 ? TimeSpan.Zero : options.ClaimLength,
        ParallelCalls = options.ParallelCalls,
        Patience = options.Patience,
        Jitter = options.NextJitter(),
        RetryInterval = options.RetryInterval,
    };
}
