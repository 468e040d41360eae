using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Works on one item of a run: wakes it at its time, looks whether what it waits for has come, or calls the app and turns the answer into a fact.</summary>
public sealed class ItemWork(IAppCalls apps, IGatewayCalls gateway, AppDirectory directory, LookAtWait look, HoldSlots slots, TimeProvider time, EngineOptions options)
{
    private static readonly TimeSpan s_oldAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_leastWait = TimeSpan.FromMinutes(1);

    /// <summary>Returns when the item's fact is committed; when the call was broken off, without one.</summary>
    internal async Task RunAsync(RunSession session, Run run, StepKey key, SlotsInHand inHand, Func<Handling> by, CancellationToken breakOff)
    {
        var item = PendingItems.Find(run, key)!;
        try
        {
            if (item.Due - time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
                // Timers know whole milliseconds and cut off the rest: a little early, the item would be found not due again and again.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), time, breakOff);

            // Meanwhile something else may have made it needless.
            if (session.Current is { } newest && PendingItems.Find(newest, key) != item)
                return;

            if (Pickup.IsTimer(run, key))
            {
                await WakeAsync(session, run, key, by, breakOff);
                return;
            }

            if (await LimitedAsync(run, key, breakOff) is { } function)
                await CallWithinLimitsAsync(session, run, item, function, inHand, by, breakOff);
            else
                await CallAsync(session, run, item, by, breakOff);
        }
        catch (OperationCanceledException) when (breakOff.IsCancellationRequested)
        {
            // The item is still held, and is given back with all others.
        }
    }

    /// <summary>
    /// Notes that a run begins of which that has to be known in time. False when the call is not to be made: something has made it needless while it waited for its turn,
    /// another has taken it while this process stood still for longer than its claim lasts, or its claim has run out and its message is over.
    /// </summary>
    private async Task<bool> BeginAsync(RunSession session, Run run, PendingItem item, Func<Handling> by)
    {
        // It has waited for its turn, or stood still: the run may have ended since, which its claim does not say.
        if (session.Age >= s_oldAge)
            await session.ReloadAsync();

        if (run is { StartedAt: null, StartBy: not null })
            await session.ApplyAsync(new Fact.Begun(time.GetUtcNow()) { By = by() });

        // It may have stood still during the renewal too.
        while (session.Current is { } known && !IsClaimed(known, item))
        {
            var handling = by();
            if (handling.ClaimLength == TimeSpan.Zero || PendingItems.Find(known, item.Key) != item)
                return false;

            await session.ReloadAsync();
            await session.ApplyAsync(new Fact.Renewed { By = handling });
        }

        return session.Current is not { } newest || PendingItems.Find(newest, item.Key) == item;
    }

    /// <summary>Whether an item is claimed for a while yet: the clock of whoever takes it over when its claim has run out may be ahead of this one.</summary>
    private bool IsClaimed(Run run, PendingItem item) => run.IsClaimed(item.Holder, time.GetUtcNow() + (options.ClaimLength / 6));

    private async Task CallAsync(RunSession session, Run run, PendingItem item, Func<Handling> by, CancellationToken breakOff)
    {
        var call = KeyOf(run, item.Key);
        var make = await PrepareAsync(run, call, breakOff);
        if (!await BeginAsync(session, run, item, by))
            return;

        var startedAt = time.GetUtcNow();
        var answer = await session.CallAsync(make);
        await session.ApplyAsync(FactOf(answer, call, new CallTimes(startedAt, time.GetUtcNow()), by()));
    }

    /// <summary>The function of a call that needs slots; null when it needs none.</summary>
    private async Task<RegisteredFunction?> LimitedAsync(Run run, StepKey key, CancellationToken breakOff) =>
        !(run.Steps.TryGetValue(key, out var step) && step.IsRequest)
        && await directory.FindAsync(run.Function, breakOff) is { Settings.Concurrency.IsEmpty: false } function
            ? function
            : null;

    /// <summary>Makes a call that needs slots, if there are any; otherwise it waits in the queue until it is told that it has them.</summary>
    private async Task CallWithinLimitsAsync(RunSession session, Run run, PendingItem item, RegisteredFunction function, SlotsInHand inHand, Func<Handling> by, CancellationToken breakOff)
    {
        var key = item.Key;
        var kept = inHand.Begin(key);
        if ((kept ?? await slots.TakeAsync(run, key, function, breakOff)) is not { } held)
        {
            inHand.End(key);
            // Told in time, it never looks by itself; whoever was to tell it may die.
            var rest = s_leastWait + s_leastWait * options.NextJitter();
            await session.ApplyAsync(new Fact.Postponed(key, time.GetUtcNow() + rest) { By = by() });
            await slots.TellAsync(run, key, function, CancellationToken.None);
            return;
        }

        var isReleased = false;
        Task<AppAnswer>? calling = null;
        try
        {
            var call = KeyOf(run, key);
            var make = await PrepareAsync(run, call, breakOff);
            if (!await BeginAsync(session, run, item, by))
                return;

            var startedAt = time.GetUtcNow();
            calling = session.CallAsync(make);
            do
                held = await slots.KeepAsync(held, CancellationToken.None);
            while (await IsStillCallingAsync(calling));

            var answer = await calling;
            var committing = session.ApplyAsync(FactOf(answer, call, new CallTimes(startedAt, time.GetUtcNow()), by()));
            // The function has ended, so nothing of it goes straight on: others need not wait for the commit.
            isReleased = answer is AppAnswer.Returned or AppAnswer.Failed;
            if (isReleased)
                await slots.ReleaseAsync(held, CancellationToken.None);

            await committing;
            inHand.End(key);
            if (!isReleased && NextCall(session.Current, by().Holder) is { } next)
                isReleased = inHand.TryKeep(next, held);
        }
        finally
        {
            inHand.End(key);
            // Storage may have failed while the call is under way: until it ends, its slots are not free.
            if (calling is not null)
                await ((Task)calling).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

            if (!isReleased)
                await slots.ReleaseAsync(held, CancellationToken.None);
        }
    }

    /// <summary>
    /// Hands slots that were kept for calls on to those who make them, as the work is over here. Those of calls that are not made any more are given back, and of calls
    /// that another has taken meanwhile: it may have slots of its own.
    /// </summary>
    internal async Task PutDownAsync(Run? run, SlotsInHand inHand, MessageId holder)
    {
        foreach (var (key, held) in inHand.PutDown())
        {
            if (run is not null && PendingItems.Find(run, key)?.Holder == holder)
                await slots.HandOnAsync(held, run, key, CancellationToken.None);
            else
                await slots.ReleaseAsync(held, CancellationToken.None);
        }
    }

    /// <summary>The call with which a run goes straight on, as it would without limits: it keeps its slots for it.</summary>
    private StepKey? NextCall(Run? run, MessageId holder) => run is null
        ? null
        : PendingItems.Of(run).FirstOrDefault(item => item.Holder == holder && !Pickup.IsTimer(run, item.Key) && item.Due <= time.GetUtcNow())?.Key;

    /// <summary>Gives back the slots of an item that needs them no more.</summary>
    internal async Task GiveBackAsync(Run run, StepKey key, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(run.Function, cancellationToken) is { Settings.Concurrency.IsEmpty: false } function)
            await slots.ReleaseAsync(run, key, function, cancellationToken);
    }

    private async Task<bool> IsStillCallingAsync(Task calling)
    {
        using var ended = new CancellationTokenSource();
        var tick = Task.Delay(slots.RenewalInterval, time, ended.Token);
        var first = await Task.WhenAny(calling, tick);
        // Not CancelAsync, which would go through the thread pool, past the scheduler of a simulation.
        ended.Cancel();
        return first == tick;
    }

    /// <summary>Looks whether what a step waits for has come. Returns when the fact of it is committed, or there is none.</summary>
    internal async Task LookAsync(RunSession session, Run run, StepKey key, bool again, Func<Handling> by, CancellationToken breakOff)
    {
        try
        {
            if (await look.LookAsync(run, run.Steps[key], again, by, breakOff) is { } came)
                await session.ApplyAsync(came);
        }
        catch (OperationCanceledException) when (breakOff.IsCancellationRequested)
        {
            // Whoever handles the message next looks.
        }
    }

    /// <summary>Looks whether an event has come that cancels the run. Returns when that is committed, or there is none.</summary>
    internal async Task LookForCancelAsync(RunSession session, Run run, Func<Handling> by, CancellationToken breakOff)
    {
        try
        {
            if (await look.LookForCancelAsync(run, by, breakOff) is { } cancelled)
                await session.ApplyAtOnceAsync(cancelled);
        }
        catch (OperationCanceledException) when (breakOff.IsCancellationRequested)
        {
            // Whoever handles the message next looks.
        }
    }

    /// <summary>The time of a step has come. What came before it counts, also when nobody has looked yet.</summary>
    private async Task WakeAsync(RunSession session, Run run, StepKey key, Func<Handling> by, CancellationToken breakOff)
    {
        var came = Pickup.IsWait(run, key) ? await look.LookAsync(run, run.Steps[key], again: false, by, breakOff) : null;
        await session.ApplyAsync(came ?? new Fact.Woke(key) { By = by() });
    }

    /// <summary>Looks up what a call needs, so that nothing stands between the last look at the claim and the call itself.</summary>
    private async Task<Func<Task<AppAnswer>>> PrepareAsync(Run run, CallKey call, CancellationToken breakOff)
    {
        if (run.Steps.TryGetValue(call.Item, out var step) && step.IsRequest)
            return () => gateway.CallAsync(new GatewayCall(step.Key, step.Name, step.Op, step.Opts), breakOff);

        if (await directory.FindAsync(run.Function, breakOff) is { } function)
            return () => apps.CallAsync(new AppCall(function.Url, run, call.Item, call.Attempt), breakOff);

        AppAnswer answer = (await directory.NewestAsync(breakOff)).FindArchived(run.Function) is var (app, archived)
            ? new AppAnswer.Failed(RunFailures.Archived(run.Function, app.Id, archived.At).ToJson())
            : new AppAnswer.Broken(
                RunFailures.Of("StepwellFunctionNotFound", $"No registered app has the function '{run.Function}'. It is called when its app registers again.").ToJson(),
                RetryAdvice.Silent);
        return () => Task.FromResult(answer);
    }

    private static CallKey KeyOf(Run run, StepKey key) => run.Discovery is { } open && open.Key == key
        ? new CallKey(key, open.Number, open.Attempt, run.Stack.Count, open.Dispatch)
        : new CallKey(key, 0, ((StepState.Planned)run.Steps[key].State).Attempt, run.Stack.Count);

    private static Fact FactOf(AppAnswer answer, CallKey call, CallTimes times, Handling by) => answer switch
    {
        AppAnswer.Reported reported when call.Item.IsDiscovery => new Fact.Discovered(call, times, reported.Version, reported.Ops, reported.Advice) { By = by },
        AppAnswer.Reported reported => StepFact(reported, call, times, by),
        AppAnswer.Returned returned => new Fact.FunctionReturned(call, times, returned.Output) { By = by },
        AppAnswer.Failed failed => new Fact.FunctionFailed(call, times, failed.Error) { By = by },
        AppAnswer.Broken broken => new Fact.CallFailed(call, times, broken.Error, broken.Advice) { By = by },
        _ => throw new InvalidOperationException($"An answer of the unknown kind {answer.GetType().Name}."),
    };

    /// <summary>A call for a step reports that step alone. An empty report means that the app has nothing to do for it: it is asked again.</summary>
    private static Fact StepFact(AppAnswer.Reported reported, CallKey call, CallTimes times, Handling by)
    {
        if (reported.Ops.FirstOrDefault(op => op.Id == call.Item) is { } own)
            return new Fact.StepReturned(call, times, own, reported.Advice) { By = by };

        var others = string.Join(", ", reported.Ops.Take(5).Select(op => $"{op.Code} '{op.Title}'"));
        var failure = RunFailures.Of(
            "StepwellStepNotReported",
            $"The call of step {call.Item} was answered without it; the answer held {(others.Length == 0 ? "nothing" : others)}.");
        return new Fact.CallFailed(call, times, failure.ToJson(), reported.Advice) { By = by };
    }
}
