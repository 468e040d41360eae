using Stepwell.Bench.Apps;

namespace Stepwell.Bench.Scenarios;

/// <summary>How long after an event is sent the first step of its run begins; while nothing else happens, or while a number of other runs are always under way.</summary>
internal sealed class FirstStepScenario(string id, string title, int otherRuns) : Scenario(id, title, Milliseconds, repetitions: 30, quickRepetitions: 3)
{
    private const int StepsOfOtherRuns = 5;

    public override async Task<Measurement> MeasureAsync(World world, int repetitions, BenchOptions options, CancellationToken cancellationToken)
    {
        await FirstStepAsync(world, cancellationToken);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var others = Task.WhenAll(Enumerable.Range(0, otherRuns).Select(_ => KeepRunningAsync(world, enough.Token, cancellationToken)));
        var values = new List<double>();
        for (var i = 0; i < repetitions; i++)
        {
            if (otherRuns == 0)
                await world.CalmCountersAsync(cancellationToken);

            values.Add(await FirstStepAsync(world, cancellationToken));
        }

        await enough.CancelAsync();
        await others;
        var cost = await Counting.OfAsync(world, 1, 1, () => FirstStepAsync(world, cancellationToken), cancellationToken);
        return new Measurement(values, cost);
    }

    private static async Task<double> FirstStepAsync(World world, CancellationToken cancellationToken)
    {
        var numbers = world.NewNumbers(1);
        var sent = DateTimeOffset.UtcNow;
        await SendAsync(world, numbers, 1, cancellationToken);
        var began = await world.ReportAsync(Report.Began, numbers[0], cancellationToken);
        await world.ReportAsync(Report.Returned, numbers[0], cancellationToken);
        return (began.At - sent).TotalMilliseconds;
    }

    private static async Task KeepRunningAsync(World world, CancellationToken enough, CancellationToken cancellationToken)
    {
        while (!enough.IsCancellationRequested)
        {
            var numbers = world.NewNumbers(1);
            await SendAsync(world, numbers, StepsOfOtherRuns, cancellationToken);
            await world.ReportAsync(Report.Returned, numbers[0], cancellationToken);
        }
    }

    private static Task SendAsync(World world, int[] numbers, int steps, CancellationToken cancellationToken) => world.SendAsync(
        "bench/sequence",
        numbers,
        data =>
        {
            data.WriteNumber("steps", steps);
            data.WriteNumber("bytes", 8);
        },
        cancellationToken);
}
