using System.Globalization;
using System.Text.Json;
using Stepwell.Bench.Apps;

namespace Stepwell.Bench.Scenarios;

/// <summary>Many runs that sleep at the same time and wake one after the other within a minute: how late each one's next step begins.</summary>
internal sealed class WakingScenario(int sleepers, TimeSpan wakingTime)
    : Scenario("S10", $"{sleepers.ToString("N0", CultureInfo.InvariantCulture)} sleeping runs waking within {wakingTime.TotalSeconds} s: lateness", Milliseconds, repetitions: 1, quickRepetitions: 1)
{
    private const int Batch = 500;

    // So slow is no machine that can take part: all must sleep before the first wakes.
    private const double StartsPerSecond = 40;
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(5);

    public override async Task<Measurement> MeasureAsync(World world, int repetitions, BenchOptions options, CancellationToken cancellationToken)
    {
        var values = new List<double>();
        var cost = await Counting.OfAsync(world, repetitions * sleepers, steps: 0, MeasureAllAsync, cancellationToken);
        return new Measurement(values, cost);

        async Task MeasureAllAsync()
        {
            for (var i = 0; i < repetitions; i++)
                values.AddRange(await WakeAsync(world, cancellationToken));
        }
    }

    private async Task<double[]> WakeAsync(World world, CancellationToken cancellationToken)
    {
        var numbers = world.NewNumbers(sleepers);
        var first = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(sleepers / StartsPerSecond) + s_margin;
        var moments = numbers.ToDictionary(number => number, number => first + (wakingTime * ((number - numbers[0]) / (double)sleepers)));
        foreach (var batch in numbers.Chunk(Batch))
            await SendAsync(world, batch, moments, cancellationToken);

        return await Task.WhenAll(numbers.Select(async number =>
        {
            var after = await world.ReportAsync(Report.After, number, cancellationToken);
            await world.ReportAsync(Report.Returned, number, cancellationToken);
            return (after.At - moments[number]).TotalMilliseconds;
        }));
    }

    private static Task SendAsync(World world, int[] numbers, Dictionary<int, DateTimeOffset> moments, CancellationToken cancellationToken)
    {
        var next = 0;
        return world.SendAsync("bench/wake", numbers, (Utf8JsonWriter data) => data.WriteString("until", moments[numbers[next++]]), cancellationToken);
    }
}
