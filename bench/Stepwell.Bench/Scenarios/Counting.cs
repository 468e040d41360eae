using Stepwell.Bench.Results;

namespace Stepwell.Bench.Scenarios;

/// <summary>Counts what work costs, from one rest of the executor to the next.</summary>
internal static class Counting
{
    /// <param name="world">Where.</param>
    /// <param name="runs">The number of runs, or of whatever the work consists of.</param>
    /// <param name="steps">The number of their steps; 0 where steps are beside the point.</param>
    /// <param name="work">What is counted.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task<Cost> OfAsync(World world, int runs, int steps, Func<Task> work, CancellationToken cancellationToken)
    {
        await world.CalmCountersAsync(cancellationToken);
        var before = await world.Executor.ReadCountersAsync(cancellationToken);
        await work();
        var after = await world.CalmCountersAsync(cancellationToken);
        return Cost.Between(before, after, runs, steps);
    }
}
