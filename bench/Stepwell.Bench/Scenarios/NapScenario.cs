using Stepwell.Bench.Apps;

namespace Stepwell.Bench.Scenarios;

/// <summary>What a sleep of one second takes on top, from the end of the step before it to the beginning of the step after it.</summary>
internal sealed class NapScenario() : Scenario("S5", "1 s sleep: overshoot", Milliseconds, repetitions: 30, quickRepetitions: 2)
{
    private const int SleepMilliseconds = 1_000;

    public override async Task<Measurement> MeasureAsync(World world, int repetitions, BenchOptions options, CancellationToken cancellationToken)
    {
        var values = new List<double>();
        await NapAsync(world, cancellationToken);
        var cost = await Counting.OfAsync(world, repetitions, steps: 0, MeasureAllAsync, cancellationToken);
        return new Measurement(values, cost);

        async Task MeasureAllAsync()
        {
            for (var i = 0; i < repetitions; i++)
                values.Add(await NapAsync(world, cancellationToken));
        }
    }

    private static async Task<double> NapAsync(World world, CancellationToken cancellationToken)
    {
        var numbers = world.NewNumbers(1);
        await world.SendAsync("bench/nap", numbers, data => data.WriteNumber("milliseconds", SleepMilliseconds), cancellationToken);
        var before = await world.ReportAsync(Report.Before, numbers[0], cancellationToken);
        var after = await world.ReportAsync(Report.After, numbers[0], cancellationToken);
        await world.ReportAsync(Report.Returned, numbers[0], cancellationToken);
        return (after.At - before.At).TotalMilliseconds - SleepMilliseconds;
    }
}
