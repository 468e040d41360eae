using System.Diagnostics;
using Stepwell.Bench.Results;

namespace Stepwell.Bench.Scenarios;

/// <summary>
/// Starts runs by one request and awaits that all are completed. They are timed first, up to the moment when the end of the last is durable; then
/// counted.
/// </summary>
internal sealed class RunsScenario(string id, string title, string eventName, int runs, int steps, int repetitions, int quickRepetitions, int bytes = 8)
    : Scenario(id, title, Milliseconds, repetitions, quickRepetitions)
{
    private const int CountedRepetitions = 5;

    public override async Task<Measurement> MeasureAsync(World world, int repetitions, BenchOptions options, CancellationToken cancellationToken)
    {
        await WarmUpAsync(world, options, cancellationToken);
        var values = new List<double>();
        for (var i = 0; i < repetitions; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var numbers = await StartAsync(world, cancellationToken);
            await Task.WhenAll(numbers.Select(number => world.AwaitCompletedAsync(number, cancellationToken)));
            values.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var counted = Math.Min(repetitions, CountedRepetitions);
        var cost = await Counting.OfAsync(world, counted * runs, counted * runs * steps, () => CountedAsync(world, counted, cancellationToken), cancellationToken);
        var median = Distribution.Of(values).Median;
        return new Measurement(values, cost, runs == 1 ? null : new Rate(runs * steps * 1_000 / median, "steps/s"));
    }

    // What is compiled and connected at the first time would otherwise be in the slowest numbers; a hundred steps are enough to see the rest.
    private async Task WarmUpAsync(World world, BenchOptions options, CancellationToken cancellationToken)
    {
        var few = options.IsQuick ? 1 : 10;
        for (var i = 0; i < few; i++)
        {
            var numbers = world.NewNumbers(Math.Min(runs, 20));
            await world.SendAsync(eventName, numbers, data => Write(data, Math.Min(steps, 100)), cancellationToken);
            await Task.WhenAll(numbers.Select(number => world.AwaitCompletedAsync(number, cancellationToken)));
        }
    }

    private async Task CountedAsync(World world, int repetitions, CancellationToken cancellationToken)
    {
        for (var i = 0; i < repetitions; i++)
        {
            var numbers = await StartAsync(world, cancellationToken);
            await Task.WhenAll(numbers.Select(number => world.ReportAsync(Apps.Report.Returned, number, cancellationToken)));
        }
    }

    private async Task<int[]> StartAsync(World world, CancellationToken cancellationToken)
    {
        var numbers = world.NewNumbers(runs);
        await world.SendAsync(eventName, numbers, data => Write(data, steps), cancellationToken);
        return numbers;
    }

    private void Write(System.Text.Json.Utf8JsonWriter data, int count)
    {
        data.WriteNumber("steps", count);
        data.WriteNumber("bytes", bytes);
    }
}
