using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Ports;

/// <summary>One call of an app.</summary>
/// <param name="Url">The function's endpoint as registered.</param>
/// <param name="Run">The run; what the call carries is this one state.</param>
/// <param name="Item">The step to run, or discovery.</param>
/// <param name="Attempt">The attempt, from 0.</param>
public sealed record AppCall(Uri Url, Run Run, StepKey Item, int Attempt)
{
    /// <summary>What is called for, the same in each of its attempts.</summary>
    public string Job => Discovery is { } open ? $"{Run.Id}.{open.Number}" : $"{Run.Id}.{Item}";

    /// <summary>Counts the dispatches of the job, from 1.</summary>
    public int Generation => (Discovery is { } open ? open.Dispatch : Attempt) + 1;

    private Discovery? Discovery => Run.Discovery is { } open && open.Key == Item ? open : null;
}
