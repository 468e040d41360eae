using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;

namespace Stepwell.Simulation.Tests;

/// <summary>Sees every change of the storage, whoever makes it, and checks what must hold of each.</summary>
internal sealed class Witness(IReadOnlyDictionary<FunctionId, SimulatedFunction> functions, Func<ScriptedApp> app, Happened happened)
{
    private readonly Dictionary<RunId, Run> _newest = [];

    /// <summary>All runs there ever were, as they stand.</summary>
    public IReadOnlyDictionary<RunId, Run> Runs => _newest;

    /// <summary>The states of flow control that were written.</summary>
    public SortedSet<string> Gates { get; } = new(StringComparer.Ordinal);

    /// <summary>The waits with which an event was left, and its id.</summary>
    public Dictionary<(RunId Run, StepKey Step), string> Caught { get; } = [];

    /// <summary>A run begins to be.</summary>
    public event Action<Run>? RunCreated;

    /// <summary>A wait is in the storage: from now on nothing that comes may miss it.</summary>
    public event Action<StoredWait>? WaitAdded;

    public void Created(Run run)
    {
        Check(() => RunInvariants.Check(run));
        _newest.Add(run.Id, run);
        RunCreated?.Invoke(run);
    }

    public void Waits(StoredWait wait) => WaitAdded?.Invoke(wait);

    public void Committed(Run before, Run after)
    {
        // Not what the committer has read, but what was there.
        var newest = _newest[after.Id];
        _newest[after.Id] = after;
        Check(() =>
        {
            RunInvariants.Check(newest, after);
            RunInvariants.Check(before, after);
            foreach (var key in after.Stack.Skip(before.Stack.Count))
                CheckMemo(after, after.Steps[key]);
        });
        happened.EmptyDiscoveries += after.Discovery is { CountedAttempt: > 0, Retrying: null } ? 1 : 0;
    }

    /// <summary>A memo is what one of the step's executions gave.</summary>
    private void CheckMemo(Run run, Step step)
    {
        var node = functions[run.Function].Body.Steps.First(one => StepKey.Hash(one.Id) == step.Key);
        if (node is Node.Work && ((StepState.Done)step.State).Memo is Memo.Data memo && !app().Executions.Gave(run.Id, node.Id, memo.Value))
            throw new InvalidOperationException($"Run {run.Id}: the memo of step {node.Id} is {memo.Value}, which none of its executions gave.");
    }

    private void Check(Action check)
    {
        try
        {
            check();
        }
        catch (InvalidOperationException broken)
        {
            happened.Failure ??= broken;
        }
    }
}
