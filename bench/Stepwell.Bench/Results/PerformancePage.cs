using System.Globalization;

namespace Stepwell.Bench.Results;

/// <summary>The part of <c>docs/performance.md</c> that is written by this program, between its two marks, and the chart beside it.</summary>
internal static class PerformancePage
{
    private const string Begin = "<!-- results: written by ./bench/run --write-docs -->";
    private const string End = "<!-- end of results -->";

    public static async Task WriteAsync(string folder, BenchResults results, BenchResults? baseline, CancellationToken cancellationToken)
    {
        await MarkedSection.WriteAsync(Path.Combine(folder, "performance.md"), Begin, End, Lines(results, baseline), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "performance.svg"), Chart.Draw(results), cancellationToken);
    }

    private static IEnumerable<string> Lines(BenchResults results, BenchResults? baseline)
    {
        yield return "";
        yield return $"![Medians, beside those of other engines](performance.svg)";
        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture, $"Measured on {results.Time:yyyy-MM-dd}{(results.IsQuick ? " with --quick, to see that it works" : "")}: {results.Machine.Sentence}.");
        yield return "";
        foreach (var line in ResultTable.Markdown(results, baseline))
            yield return line;

        yield return "";
    }
}
