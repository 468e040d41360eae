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
    private const int WarmUpRuns = 150;
    private const int WarmUpSteps = 10;
    private const int MostWarmUpAtOnce = 20;

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

    // What is compiled and connected at the first time would otherwise be in the numbers, and what .NET compiles again, better, once it was called 30 times.
    private async Task WarmUpAsync(World world, BenchOptions options, CancellationToken cancellationToken)
    {
        var atOnce = Math.Min(runs, MostWarmUpAtOnce);
        for (var done = 0; done < (options.IsQuick ? 1 : WarmUpRuns); done += atOnce)
        {
            var numbers = world.NewNumbers(atOnce);
            await world.SendAsync(eventName, numbers, data => Write(data, Math.Min(steps, WarmUpSteps)), cancellationToken);
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
