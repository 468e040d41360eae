using System.Globalization;
using BenchmarkDotNet.Reports;
using Stepwell.Bench.Results;

namespace Stepwell.Bench.Core.Results;

/// <summary>The part of <c>docs/performance.md</c> that is written by this program, between its two marks.</summary>
internal static class CorePage
{
    private const string Begin = "<!-- core: written by ./bench/core --write-docs -->";
    private const string End = "<!-- end of core -->";

    /// <exception cref="BenchException">A benchmark has no result, or the page has no such part.</exception>
    public static Task WriteAsync(string path, Machine machine, IReadOnlyList<Summary> summaries, CancellationToken cancellationToken)
    {
        var reports = summaries.SelectMany(summary => summary.Reports).ToList();
        if (reports.Count == 0 || summaries.Any(summary => summary.HasCriticalValidationErrors) || reports.Find(report => !report.Success) is not null)
            throw new BenchException($"{path} is left as it is: not every benchmark has a result.");

        return MarkedSection.WriteAsync(path, Begin, End, Lines(machine, reports), cancellationToken);
    }

    private static IEnumerable<string> Lines(Machine machine, IEnumerable<BenchmarkReport> reports)
    {
        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture, $"Measured on {DateTimeOffset.UtcNow:yyyy-MM-dd}: {machine.Sentence}.");
        yield return "";
        foreach (var line in CoreTable.Markdown(reports))
            yield return line;

        yield return "";
    }
}
