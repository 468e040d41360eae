using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Simulation.Tests;

/// <summary>Which bodies of steps ran, and what they gave: kept by the app, outside the executor's storage.</summary>
internal sealed class Executions
{
    private readonly Dictionary<(RunId Run, string Step), int> _counts = [];
    private readonly HashSet<(RunId Run, string Step, string Value)> _values = [];
    private readonly Dictionary<(RunId Run, StepKey Step), long> _seen = [];

    /// <summary>Notes what a call carries.</summary>
    public void See(RunId run, IEnumerable<StepKey> memos, long call)
    {
        foreach (var step in memos)
            _seen.TryAdd((run, step), call);
    }

    /// <summary>Notes that a body runs. Returns how often it has run, this time included.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step's id.</param>
    /// <param name="call">The number of the call in which it runs.</param>
    /// <exception cref="InvalidOperationException">A call that began before had the step's result.</exception>
    public int Run(RunId run, string step, long call)
    {
        if (_seen.TryGetValue((run, StepKey.Hash(step)), out var seen) && seen < call)
            throw new InvalidOperationException($"Step {step} of run {run} runs in call {call}, though call {seen} carried its result.");

        return _counts[(run, step)] = Count(run, step) + 1;
    }

    public void Give(RunId run, string step, RawJson value) => _values.Add((run, step, value.ToString()));

    public int Count(RunId run, string step) => _counts.GetValueOrDefault((run, step));

    /// <summary>Whether one of the executions gave that value.</summary>
    public bool Gave(RunId run, string step, RawJson value) => _values.Contains((run, step, value.ToString()));
}
