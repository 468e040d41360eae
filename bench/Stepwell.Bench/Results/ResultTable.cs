using System.Globalization;
using Spectre.Console;
using Stepwell.Bench.Apps;

namespace Stepwell.Bench.Results;

/// <summary>The results as a table, on a terminal and in Markdown.</summary>
internal static class ResultTable
{
    private static readonly string[] s_columns =
        ["", "work", "app", "n", "median", "p95", "p99", "throughput", "transactions a run", "a step", "KiB a run", "CPU ms a run", "peak MiB", "against the baseline"];

    /// <summary>Shows the results, each beside what it was in the baseline.</summary>
    public static void Print(IAnsiConsole console, BenchResults results, BenchResults? baseline)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in s_columns)
            table.AddColumn(Markup.Escape(column));

        foreach (var row in results.Scenarios)
            table.AddRow([.. Cells(row, baseline).Select(Markup.Escape)]);

        console.Write(table);
        foreach (var row in results.Scenarios)
            console.WriteLine($"{row.Scenario}, {NameOf(row.App)}: {Kinds(row.Cost)}");
    }

    public static IEnumerable<string> Markdown(BenchResults results, BenchResults? baseline)
    {
        yield return $"| {string.Join(" | ", s_columns)} |";
        yield return $"|{string.Concat(Enumerable.Repeat(" --- |", s_columns.Length))}";
        foreach (var row in results.Scenarios)
            yield return $"| {string.Join(" | ", Cells(row, baseline))} |";

        yield return "";
        yield return "Storage transactions by kind, in the part of each scenario that was counted:";
        yield return "";
        foreach (var row in results.Scenarios)
            yield return $"- {row.Scenario}, {NameOf(row.App)}: {Kinds(row.Cost)}";
    }

    private static IEnumerable<string> Cells(ScenarioResult row, BenchResults? baseline) =>
    [
        row.Scenario, row.Title, NameOf(row.App), Number(row.Values.Count),
        $"{Number(row.Values.Median)} {row.Unit}", Number(row.Values.P95), Number(row.Values.P99),
        row.Rate is { } rate ? $"{Number(rate.PerSecond)} {rate.Unit}" : "",
        Number(row.Cost.TransactionsPerRun), row.Cost.TransactionsPerStep is { } each ? Number(each) : "",
        Number(row.Cost.SentBytes / 1024d / row.Cost.Runs), Number(row.Cost.CpuMilliseconds / row.Cost.Runs), Number(row.Cost.PeakMemoryBytes / (double)(1 << 20)),
        baseline?.Find(row.Scenario, row.App) is { } before ? Ratios(row, before) : "",
    ];

    private static string Ratios(ScenarioResult now, ScenarioResult before) => string.Create(
        CultureInfo.InvariantCulture,
        $"×{now.Normalised / before.Normalised:0.00}, transactions ×{now.Cost.TransactionsPerRun / before.Cost.TransactionsPerRun:0.00}");

    private static string Kinds(Cost cost) =>
        $"{string.Join(", ", cost.Requests.Select(count => $"{count.Key} {Number(count.Value)}"))} for {Number(cost.Runs)}";

    private static string NameOf(string app) => AppKind.All.FirstOrDefault(kind => kind.Id == app)?.Name ?? app;

    private static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "0.##" : Math.Abs(value) < 100 ? "0.#" : "#,0", CultureInfo.InvariantCulture);
}
