using System.Collections.Immutable;
using Spectre.Console;
using Stepwell.Bench.Apps;
using Stepwell.Bench.Results;
using Stepwell.Bench.Scaling;
using Stepwell.Bench.Scenarios;
using Stepwell.Testing.Azurite;

namespace Stepwell.Bench;

/// <summary>Measures scenario by scenario, and tells, writes and draws what came out.</summary>
internal static class Benchmark
{
    private const int TableWidth = 180;

    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var before = options.Adds || options.FromOutput ? await BenchResults.ReadAsync(options.Output, cancellationToken) : null;
            if (before is null && options.FromOutput)
                throw new BenchException($"There are no results in {options.Output}.");

            var results = options.FromOutput ? before! : await MeasureAsync(options, cancellationToken);
            if (options.Adds && before is not null)
                results = before.With(results);

            await TellAsync(results, options, cancellationToken);
            return 0;
        }
        catch (Exception exception) when (exception is BenchException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task<BenchResults> MeasureAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var scenarios = AllScenarios.Of(options).Where(scenario => options.Includes(scenario.Id)).ToList();
        if (scenarios.Count == 0)
            throw new BenchException($"--scenarios is '{string.Join(',', options.Scenarios)}'; there are {string.Join(", ", AllScenarios.Of(options).Select(scenario => scenario.Id))}.");

        var machine = Machine.Describe();
        await using var azurite = await AzuriteProcess.StartAsync(cancellationToken);
        var calibration = await Calibration.CreateAsync(azurite.ConnectionString, cancellationToken);
        var results = ImmutableArray.CreateBuilder<ScenarioResult>();
        foreach (var app in options.Apps)
        {
            foreach (var scenario in scenarios)
            {
                AnsiConsole.WriteLine($"{scenario.Id} {app.Name}: {scenario.Title} …");
                results.Add(await MeasureAsync(scenario, app, azurite.ConnectionString, calibration, options, cancellationToken));
            }
        }

        return new BenchResults(DateTimeOffset.UtcNow, machine, options.IsQuick, results.ToImmutable());
    }

    private static async Task<ScenarioResult> MeasureAsync(
        Scenario scenario, AppKind app, string storage, Calibration calibration, BenchOptions options, CancellationToken cancellationToken)
    {
        var speed = await calibration.MeasureAsync(cancellationToken);
        await using var world = await World.StartAsync(storage, app, cancellationToken);
        var repetitions = options.Repetitions ?? (options.IsQuick ? scenario.QuickRepetitions : scenario.Repetitions);
        var measured = await scenario.MeasureAsync(world, repetitions, options, cancellationToken);
        return new ScenarioResult(scenario.Id, app.Id, scenario.Title, scenario.Unit, Distribution.Of(measured.Values), measured.Rate, speed, measured.Cost);
    }

    private static async Task TellAsync(BenchResults results, BenchOptions options, CancellationToken cancellationToken)
    {
        var baseline = await BenchResults.ReadAsync(options.Baseline, cancellationToken);
        // A file or a pipe has no width of its own.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, TableWidth);
        AnsiConsole.WriteLine(results.Machine.Sentence);
        ResultTable.Print(AnsiConsole.Console, results, baseline);
        await results.WriteAsync(options.Output, cancellationToken);
        AnsiConsole.WriteLine($"Written to {options.Output}.");
        if (options.WritesBaseline)
            await results.WriteAsync(options.Baseline, cancellationToken);

        if (options.WritesDocs)
        {
            await PerformancePage.WriteAsync(Path.Combine(Repository.Root, "docs"), results, baseline, cancellationToken);
            await ScalingPage.WriteAsync(Path.Combine(Repository.Root, "docs"), results, cancellationToken);
        }
    }
}
