using Stepwell.Bench.Results;

namespace Stepwell.Bench.Scenarios;

/// <summary>What the executor asks of the storage while nothing happens, counted in full seconds and told as of a minute.</summary>
internal sealed class IdleScenario(TimeSpan time) : Scenario("S9", "idle for a minute", "transactions", repetitions: 1, quickRepetitions: 1)
{
    // The looks at the queue have become as rare by then as they will.
    private static readonly TimeSpan s_untilRest = TimeSpan.FromSeconds(15);

    public override async Task<Measurement> MeasureAsync(World world, int repetitions, BenchOptions options, CancellationToken cancellationToken)
    {
        var values = new List<double>();
        await Task.Delay(s_untilRest, cancellationToken);
        var first = await world.Executor.ReadCountersAsync(cancellationToken);
        var last = first;
        for (var i = 0; i < repetitions; i++)
        {
            var before = last;
            await Task.Delay(time, cancellationToken);
            last = await world.Executor.ReadCountersAsync(cancellationToken);
            values.Add((last.Total - before.Total) * (TimeSpan.FromMinutes(1) / time));
        }

        return new Measurement(values, Cost.Between(first, last, runs: repetitions, steps: 0));
    }
}
