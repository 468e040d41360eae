using Microsoft.Extensions.Logging;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>
/// The work under one message: its calls side by side and straight on, until nothing is left that the message holds, the time budget is used up, or the
/// process stops. Meanwhile its lease and its claim are kept alive.
/// </summary>
internal sealed class MessageHandling(RunSession session, HeldMessage held, WorkMessage message, TimeProvider time, EngineOptions options, ILogger logger)
{
    private readonly long _began = time.GetTimestamp();
    private readonly MessageId _holder = held.IsFirst ? message.Id : message.Id.HandledAs(held.Name);
    private readonly Dictionary<StepKey, Task> _underWay = [];
    private readonly HashSet<StepKey> _looked = [];
    private readonly HashSet<StepKey> _begun = [];
    private readonly SlotsInHand _inHand = new();
    private long _kept = time.GetTimestamp();
    private bool _hasFailed;

    /// <summary>Whether anything was worked on, so that what follows from it was sent from here.</summary>
    public bool HasWorked { get; private set; }

    /// <summary>Whether work on an item was begun: not if it was done, or taken by others, before it was claimed.</summary>
    public bool HasBegun(StepKey item) => _begun.Contains(item);

    /// <summary>The waits that were looked at.</summary>
    public IReadOnlySet<StepKey> Looked => _looked;

    /// <summary>Whether nothing new may be begun.</summary>
    public bool IsOver(CancellationToken stopping) => stopping.IsCancellationRequested || held.IsLost || time.GetElapsedTime(_began) >= options.TimeBudget;

    /// <summary>Works until nothing is under way.</summary>
    public async Task WorkAsync(Pickup.Work found, ItemWork work, CancellationToken stopping)
    {
        HasWorked = true;
        using var breakOff = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var grace = stopping.Register(() => breakOff.CancelAfter(options.StopGrace));
        if (!found.Claim.IsEmpty)
            await session.ApplyAsync(new Fact.Claimed(found.Claim) { By = By(options.ClaimLength) });

        try
        {
            if (found.Looks.Contains(StepKey.Cancellation) && _looked.Add(StepKey.Cancellation) && session.Current is { } cancellable)
                _underWay.Add(StepKey.Cancellation, work.LookForCancelAsync(session, cancellable, () => By(LengthAfter(stopping)), breakOff.Token));

            Look(item => found.Looks.Contains(item.Key));
            Begin(item => found.Timers.Contains(item.Key));
            while (true)
            {
                if (!IsOver(stopping))
                {
                    Begin(item => item.Holder == _holder);
                    Look(item => item.Origin == message.Id);
                }

                if (_underWay.Count == 0)
                    break;

                await NextAsync();
            }
        }
        catch (Exception exception) when (_underWay.Count > 0)
        {
            // What comes of these goes to the queue: by the time they end, another may have deleted this message.
            _hasFailed = true;
            logger.FailedWhileWorking(exception, message.Run, message.Id, _underWay.Count);
            throw;
        }
        finally
        {
            await Task.WhenAll(_underWay.Values).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        await work.PutDownAsync(session.Current, _inHand, _holder);
        if (session.Current is { } left && PendingItems.Of(left).Any(item => item.Holder == _holder))
            await session.ApplyAsync(new Fact.Released { By = By(TimeSpan.Zero) });

        void Begin(Func<PendingItem, bool> mine) =>
            BeginEach(mine, (run, item) => work.RunAsync(session, run, item.Key, _inHand, () => By(LengthAfter(stopping)), breakOff.Token));

        // Each wait once: from then on whatever comes for it sends a message.
        void Look(Func<PendingItem, bool> mine) => BeginEach(
            item => session.Current is { } run && Pickup.IsWait(run, item.Key) && mine(item) && _looked.Add(item.Key),
            (run, item) => work.LookAsync(session, run, item.Key, held.IsRedelivery, () => By(LengthAfter(stopping)), breakOff.Token));

        void BeginEach(Func<PendingItem, bool> mine, Func<Run, PendingItem, Task> begin)
        {
            if (session.Current is not { } run)
                return;

            foreach (var item in PendingItems.Of(run).Where(item => !_underWay.ContainsKey(item.Key) && mine(item)))
            {
                _begun.Add(item.Key);
                _underWay.Add(item.Key, begin(run, item));
            }
        }
    }

    /// <summary>Waits until an item is done, or until it is time to keep the lease and the claim.</summary>
    private async Task NextAsync()
    {
        using var done = new CancellationTokenSource();
        var rest = options.ClaimLength / 3 - time.GetElapsedTime(_kept);
        var tick = Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, done.Token);
        var finished = await Task.WhenAny([tick, .. _underWay.Values]);
        if (finished != tick)
        {
            done.Cancel();
            _underWay.Remove(_underWay.First(item => item.Value == finished).Key);
            await finished;
            return;
        }

        _kept = time.GetTimestamp();
        await held.KeepAsync();
        if (session.Current is { } run && run.Claims.TryGetValue(_holder, out var until) && until - time.GetUtcNow() <= options.ClaimLength * 2 / 3)
            await session.ApplyAsync(new Fact.Renewed { By = By(options.ClaimLength) });
    }

    /// <summary>What is decided last under a message that is over goes to the queue instead of being gone on with.</summary>
    private TimeSpan LengthAfter(CancellationToken stopping) => _hasFailed || (IsOver(stopping) && _underWay.Count <= 1) ? TimeSpan.Zero : options.ClaimLength;

    private Handling By(TimeSpan claimLength) => new()
    {
        Message = message.Id,
        Holder = _holder,
        ClaimLength = claimLength,
        ParallelCalls = options.ParallelCalls,
        Patience = options.Patience,
        Jitter = options.NextJitter(),
        RetryInterval = options.RetryInterval,
    };
}
