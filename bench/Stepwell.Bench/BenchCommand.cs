using System.CommandLine;
using Stepwell.Bench.Apps;
using Stepwell.Testing.Azurite;

namespace Stepwell.Bench;

/// <summary>The command line.</summary>
internal static class BenchCommand
{
    private const int QuickEvents = 200;
    private const int QuickSleepers = 50;
    private static readonly TimeSpan s_quickTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    public static RootCommand Create()
    {
        var folder = Path.Combine(Repository.Root, "bench");
        var scenarios = new Option<string[]>("--scenarios") { Description = "Only these, for example S1,S4 (default: all, S1 to S10).", CustomParser = parsed => [.. parsed.Tokens.SelectMany(token => token.Value.Split(','))] };
        var apps = new Option<string[]>("--apps")
        {
            Description = $"What the app is written with: {string.Join(", ", AppKind.All.Select(kind => kind.Id))} (default: all).",
            CustomParser = parsed => [.. parsed.Tokens.SelectMany(token => token.Value.Split(','))],
        };
        var quick = new Option<bool>("--quick") { Description = "Few repetitions and small numbers: to see that it works." };
        var repetitions = new Option<int?>("--repetitions") { Description = "How often each scenario is repeated, instead of its own number." };
        var events = new Option<int?>("--events") { Description = "Events of S7 (default 10,000)." };
        var sleepers = new Option<int?>("--sleepers") { Description = "Sleeping runs of S10 (default 2,000; they are given a fortieth of a second each to start)." };
        var output = new Option<string>("--output") { Description = "Where the results go as JSON.", DefaultValueFactory = _ => Path.Combine(folder, "results", "latest.json") };
        var add = new Option<bool>("--add") { Description = "Keep what the output holds of other scenarios and apps." };
        var baseline = new Option<string>("--baseline") { Description = "The results to compare with.", DefaultValueFactory = _ => Path.Combine(folder, "baseline.json") };
        var writeBaseline = new Option<bool>("--write-baseline") { Description = "Make these results the baseline." };
        var writeDocs = new Option<bool>("--write-docs") { Description = "Put these results into docs/performance.md, and what is computed from S4 into docs/scaling.md, with their charts." };
        var fromOutput = new Option<bool>("--from-output") { Description = "Measure nothing: tell and write what the output holds." };
        apps.Validators.Add(given =>
        {
            foreach (var app in given.Tokens.SelectMany(token => token.Value.Split(',')).Where(id => AppKind.All.All(kind => kind.Id != id)))
                given.AddError($"--apps is '{app}'; it must be of {string.Join(", ", AppKind.All.Select(kind => kind.Id))}.");
        });
        repetitions.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() < 1)
                given.AddError("--repetitions must be at least 1.");
        });

        var command = new RootCommand("Measures the executor on Azurite: time, storage transactions, processor time and memory.")
            { scenarios, apps, quick, repetitions, events, sleepers, output, add, baseline, writeBaseline, writeDocs, fromOutput };
        command.SetAction((parsed, cancellationToken) =>
        {
            var isQuick = parsed.GetValue(quick);
            var chosen = parsed.GetValue(apps) ?? [];
            return Benchmark.RunAsync(
                new BenchOptions
                {
                    Scenarios = parsed.GetValue(scenarios) ?? [],
                    Apps = [.. AppKind.All.Where(kind => chosen.Length == 0 || chosen.Contains(kind.Id))],
                    IsQuick = isQuick,
                    Repetitions = parsed.GetValue(repetitions),
                    Events = parsed.GetValue(events) ?? (isQuick ? QuickEvents : 10_000),
                    IdleTime = isQuick ? s_quickTime : s_minute,
                    Sleepers = parsed.GetValue(sleepers) ?? (isQuick ? QuickSleepers : 2_000),
                    WakingTime = isQuick ? s_quickTime : s_minute,
                    Output = parsed.GetRequiredValue(output),
                    Adds = parsed.GetValue(add),
                    Baseline = parsed.GetRequiredValue(baseline),
                    WritesBaseline = parsed.GetValue(writeBaseline),
                    WritesDocs = parsed.GetValue(writeDocs),
                    FromOutput = parsed.GetValue(fromOutput),
                },
                cancellationToken);
        });
        return command;
    }
}
