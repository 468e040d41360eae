using System.Collections.Immutable;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Operations;

/// <summary>
/// Makes ready what a run is about to wait for, before the commit that parks it: nothing that comes once the run is parked can miss it. A commit that then does not
/// come to be leaves a child that nobody waits for and, unless the run has ended, a wait that nobody waits at; both do no harm.
/// </summary>
public sealed class ParkWaits(KeepWaits waits, InvokeChild invoke)
{
    /// <summary>Writes the waits and creates the children of the steps that a commit parks. Returns the children.</summary>
    public async Task<ImmutableArray<NewRun>> PrepareAsync(Run before, Run after, CancellationToken cancellationToken)
    {
        var children = ImmutableArray<NewRun>.Empty;
        foreach (var step in Parked(after, before))
        {
            if (WaitPlaces.Of(after, step) is { } wait)
                await waits.AddAsync(wait, cancellationToken);
            else if (await invoke.CreateAsync(after, step, cancellationToken) is { } child)
                children = children.Add(child);
        }

        return children;
    }

    /// <summary>Sets the children going that a commit waits for, and removes the waits that it is done with.</summary>
    public async Task FinishAsync(Run before, Run after, ImmutableArray<NewRun> children, CancellationToken cancellationToken)
    {
        foreach (var child in children)
            await invoke.SendAsync(child, cancellationToken);

        await RemoveAsync(before, after, cancellationToken);
    }

    /// <summary>Removes the waits of the steps that a commit was to park which did not come to be, of a run that has ended.</summary>
    public Task UndoAsync(Run before, Run after, CancellationToken cancellationToken) => RemoveAsync(after, before, cancellationToken);

    private async Task RemoveAsync(Run here, Run there, CancellationToken cancellationToken)
    {
        foreach (var step in Parked(here, there))
        {
            if (WaitPlaces.Of(here, step) is { } over)
                await waits.RemoveAsync(over, cancellationToken);
        }
    }

    /// <summary>The steps that wait in one state of a run and not in the other.</summary>
    private static IEnumerable<Step> Parked(Run here, Run there)
    {
        foreach (var step in here.Steps.Values)
        {
            if (step.State is StepState.Waiting && !(there.Steps.TryGetValue(step.Key, out var other) && other.State is StepState.Waiting))
                yield return step;
        }
    }
}
