using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Simulation.Tests;

/// <summary>Nothing that is due is left alone for more than two minutes, unless somebody is at it or something has gone wrong just now.</summary>
internal static class Progress
{
    // The clocks may differ a little.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(5);

    /// <summary>What would have been left alone for too long if nothing happened before that time; null: nothing.</summary>
    /// <param name="next">The time.</param>
    /// <param name="witness">Knows the runs, and what came for them.</param>
    /// <param name="accepted">When each event was accepted, by its id.</param>
    /// <param name="happened">Knows when something last went wrong.</param>
    public static string? StuckUntil(DateTimeOffset next, Witness witness, IReadOnlyDictionary<string, DateTimeOffset> accepted, Happened happened)
    {
        if (next - happened.LastFault < s_patience)
            return null;

        foreach (var run in witness.Runs.Values.Where(run => run.IsLive))
        {
            foreach (var item in PendingItems.Of(run).Where(item => next - item.Due >= s_patience && !run.Claims.ContainsKey(item.Holder)))
                return $"nobody has looked at {item} of run {run.Id} until {next:O}";
        }

        foreach (var ((run, step), what) in witness.Caught)
        {
            // What was left with the wait of a commit that did not come to be is due when the run does wait.
            if (accepted.TryGetValue(what, out var at) && next - at >= s_patience && WaitOf(witness, run, step) is { } wait && next - wait.CreatedAt >= s_patience)
                return $"run {run} has not taken what came for step {step} until {next:O}";
        }

        return null;
    }

    /// <summary>A step that waits; null when it does not, or not yet.</summary>
    private static Step? WaitOf(Witness witness, RunId run, StepKey key) =>
        witness.Runs.TryGetValue(run, out var found) && found.Steps.TryGetValue(key, out var step) && step.State is StepState.Waiting ? step : null;
}
