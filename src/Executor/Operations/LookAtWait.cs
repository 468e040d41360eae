using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>Looks whether what a step waits for has come. What was missing of the wait is made good.</summary>
public sealed class LookAtWait(IWaitStore waits, IRunStore runs, InvokeChild invoke, TimeProvider time)
{
    /// <summary>The fact that follows from what is found; null while there is nothing.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">A step that waits.</param>
    /// <param name="again">Whether whoever parked the step may have died before it set the child going that the step waits for.</param>
    /// <param name="by">Under which message.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<Fact?> LookAsync(Run run, Step step, bool again, Func<Handling> by, CancellationToken cancellationToken) => step.State switch
    {
        StepState.Waiting { For: Wait.Event } => await CaughtAsync(run, step, cancellationToken) is { } happened
            ? new Fact.EventMatched(step.Key, happened) { By = by() }
            : null,
        StepState.Waiting { For: Wait.Signal signal } => await LookAtSignalAsync(run, step, signal, by, cancellationToken),
        StepState.Waiting { For: Wait.Child child } => await MemoOfAsync(run, step, child, again, cancellationToken) is { } memo
            ? new Fact.ChildEnded(step.Key, memo) { By = by() }
            : null,
        _ => null,
    };

    /// <summary>Whether something has come for a step that waits. Changes nothing: a wait for a signal that another has taken over stays the other's.</summary>
    public async Task<bool> HasComeAsync(Run run, Step step, CancellationToken cancellationToken)
    {
        if (step.State is StepState.Waiting { For: Wait.Child })
            return await runs.ReadAsync(InvokeChild.IdOf(run, step), cancellationToken) is ReadRunOutcome.Found { Run.IsLive: false };

        return WaitPlaces.Of(run, step) is { } wait
            && await waits.ReadAsync(wait.Place, wait.Slot, cancellationToken) is { Caught: not null } found
            && found.Run == run.Id && found.Step == step.Key;
    }

    /// <summary>Whether an event has come that cancels the run.</summary>
    public async Task<Fact?> LookForCancelAsync(Run run, Func<Handling> by, CancellationToken cancellationToken)
    {
        foreach (var (cancel, wait) in run.CancelOn.Zip(WaitPlaces.CancelsOf(run)))
        {
            if (cancel.Until > time.GetUtcNow() && await waits.ReadAsync(wait.Place, wait.Slot, cancellationToken) is { Caught: not null })
                return new Fact.CancelAsked($"event '{cancel.Event}' came") { By = by() };
        }

        return null;
    }

    private async Task<RawJson?> CaughtAsync(Run run, Step step, CancellationToken cancellationToken)
    {
        var wait = WaitPlaces.Of(run, step)!;
        if (await waits.ReadAsync(wait.Place, wait.Slot, cancellationToken) is { } found)
            return found.Caught;

        var added = await waits.AddAsync(wait, cancellationToken);
        if (await WaitsAsync(added, cancellationToken))
            return added.Caught;

        // It was missing because the run is done with it.
        await waits.RemoveAsync(added, cancellationToken);
        return null;
    }

    private async Task<Fact?> LookAtSignalAsync(Run run, Step step, Wait.Signal signal, Func<Handling> by, CancellationToken cancellationToken)
    {
        var wait = WaitPlaces.Of(run, step)!;
        while (true)
        {
            var found = await waits.ReadAsync(wait.Place, wait.Slot, cancellationToken) ?? await waits.AddAsync(wait, cancellationToken);
            if (found.Run == run.Id && found.Step == step.Key)
                return found.Caught is { } came ? new Fact.SignalReceived(step.Key, came) { By = by() } : null;

            if (!signal.Replace && await WaitsAsync(found, cancellationToken))
                return new Fact.WaitRefused(step.Key, RunFailures.SignalTaken(signal.Name, found.Run).ToJson()) { By = by() };

            await waits.RemoveAsync(found, cancellationToken);
        }
    }

    /// <summary>Whether the run that has a wait is really at it.</summary>
    private async Task<bool> WaitsAsync(StoredWait wait, CancellationToken cancellationToken) =>
        await runs.ReadAsync(wait.Run, cancellationToken) is ReadRunOutcome.Found { Run: var other }
        && other.IsLive
        && other.Steps.TryGetValue(wait.Step, out var step)
        && step.State is StepState.Waiting;

    private async Task<Memo?> MemoOfAsync(Run run, Step step, Wait.Child wait, bool again, CancellationToken cancellationToken)
    {
        var id = InvokeChild.IdOf(run, step);
        if (await runs.ReadAsync(id, cancellationToken) is ReadRunOutcome.Found { Run: var child })
        {
            if (again && child is { StartedAt: null, Discovery: { } first })
                await invoke.SendAsync(new NewRun(id, child.Function, IsNew: false, Starts: true, first.Due > time.GetUtcNow() ? first.Due : null), cancellationToken);

            return MemoOf(child);
        }

        if (InvokedEvents.Of(run, step) is null)
            return new Memo.Error(RunFailures.BadPayload(step.Name, wait.Function).ToJson());

        if (await invoke.CreateAsync(run, step, cancellationToken) is not { } created)
            return new Memo.Error(RunFailures.NoSuchFunction(wait.Function).ToJson());

        await invoke.SendAsync(created, cancellationToken);
        return null;
    }

    private static Memo? MemoOf(Run child) => child.Outcome switch
    {
        RunOutcome.Completed ended => new Memo.Data(ended.Output),
        RunOutcome.Failed ended => new Memo.Error(ended.Error),
        RunOutcome.Cancelled ended => new Memo.Error(RunFailures.Cancelled(ended.Reason).ToJson()),
        RunOutcome.Skipped ended => new Memo.Error(RunFailures.Skipped(child.Function, ended.Reason).ToJson()),
        _ => null,
    };
}
