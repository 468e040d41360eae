using System.Globalization;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;

namespace Stepwell.Bench.Core.Results;

/// <summary>The results as a table in Markdown.</summary>
internal static class CoreTable
{
    private const double Kibi = 1024;

    public static IEnumerable<string> Markdown(IEnumerable<BenchmarkReport> reports)
    {
        yield return "| benchmark | parameter | mean | allocated |";
        yield return "| --- | --- | --- | --- |";
        foreach (var report in reports)
            yield return $"| {string.Join(" | ", Cells(report))} |";
    }

    private static IEnumerable<string> Cells(BenchmarkReport report)
    {
        var benchmark = report.BenchmarkCase;
        return
        [
            $"{benchmark.Descriptor.Type.Name.Replace("Benchmark", "", StringComparison.Ordinal)}: {benchmark.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')}",
            string.Join(", ", benchmark.Parameters.Items.Select(Words)),
            Time(report.ResultStatistics!.Mean),
            report.GcStats.GetBytesAllocatedPerOperation(benchmark) is { } bytes ? Size(bytes) : "",
        ];
    }

    private static string Words(ParameterInstance parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"{parameter.Value:N0} {(parameter.Value is 1 ? parameter.Name.TrimEnd('s') : parameter.Name).ToLowerInvariant()}");

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1_000 => $"{Number(nanoseconds)} ns",
        < 1_000_000 => $"{Number(nanoseconds / 1_000)} µs",
        _ => $"{Number(nanoseconds / 1_000_000)} ms",
    };

    private static string Size(long bytes) => bytes < Kibi * Kibi ? $"{Number(bytes / Kibi)} KiB" : $"{Number(bytes / Kibi / Kibi)} MiB";

    private static string Number(double value) => value.ToString(value < 10 ? "0.##" : value < 100 ? "0.#" : "#,0", CultureInfo.InvariantCulture);
}
