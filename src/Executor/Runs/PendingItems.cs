using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>What a run has still to do, discovery and steps alike.</summary>
public static class PendingItems
{
    /// <summary>All pending items of a live run.</summary>
    public static IEnumerable<PendingItem> Of(Run run)
    {
        if (!run.IsLive)
            yield break;

        if (run.Discovery is { } discovery)
            yield return Of(discovery);

        if (Deadlines.ItemOf(run) is { } deadline)
            yield return deadline;

        foreach (var step in run.Steps.Values)
        {
            if (step.IsPending)
                yield return Of(step);
        }
    }

    /// <summary>The pending item of that key, if there is one.</summary>
    public static PendingItem? Find(Run run, StepKey key)
    {
        if (!run.IsLive)
            return null;

        if (run.Discovery is { } discovery && discovery.Key == key)
            return Of(discovery);

        if (key == StepKey.Deadline)
            return Deadlines.ItemOf(run);

        return run.Steps.TryGetValue(key, out var step) && step.IsPending ? Of(step) : null;
    }

    private static PendingItem Of(Discovery discovery) => new(discovery.Key, discovery.Due, discovery.Holder, discovery.Origin);

    private static PendingItem Of(Step step) => step.State switch
    {
        StepState.Planned planned => new(step.Key, planned.Due, planned.Holder, step.Origin),
        StepState.Sleeping sleeping => new(step.Key, sleeping.Until, sleeping.Holder, step.Origin),
        StepState.Waiting waiting => new(step.Key, waiting.Until, waiting.Holder, step.Origin),
        _ => throw new InvalidOperationException($"Step {step.Key} is not pending."),
    };
}
