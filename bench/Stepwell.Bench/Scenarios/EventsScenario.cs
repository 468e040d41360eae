using System.Diagnostics;
using System.Globalization;
using Stepwell.Bench.Results;

namespace Stepwell.Bench.Scenarios;

/// <summary>Sends many events that start nothing, a hundred in a request, one request after the other; a number a request.</summary>
internal sealed class EventsScenario(int events)
    : Scenario("S7", $"{events.ToString("N0", CultureInfo.InvariantCulture)} events in batches of {Batch}", Milliseconds, repetitions: 1, quickRepetitions: 1)
{
    private const int Batch = 100;

    public override async Task<Measurement> MeasureAsync(World world, int repetitions, BenchOptions options, CancellationToken cancellationToken)
    {
        var values = new List<double>();
        await SendAsync();
        values.Clear();
        var cost = await Counting.OfAsync(world, repetitions * events, steps: 0, SendAllAsync, cancellationToken);
        return new Measurement(values, cost, new Rate(values.Count * Batch * 1_000 / values.Sum(), "events/s"));

        async Task SendAllAsync()
        {
            for (var sent = 0; sent < repetitions * events; sent += Batch)
                await SendAsync();
        }

        async Task SendAsync()
        {
            var started = Stopwatch.GetTimestamp();
            await world.SendAsync("bench/nobody-listens", world.NewNumbers(Batch), data => data.WriteString("text", "Something has happened."), cancellationToken);
            values.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }
}
