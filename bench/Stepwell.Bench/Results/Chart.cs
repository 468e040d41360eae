using System.Globalization;
using System.Text;
using Stepwell.Bench.Apps;

namespace Stepwell.Bench.Results;

/// <summary>Bars of medians, a group a scenario, each group to a scale of its own: ours first, then the references.</summary>
internal static class Chart
{
    private const int Width = 760;
    private const int Left = 300;
    private const int Longest = 380;
    private const int BarHeight = 18;
    private const int GroupGap = 34;
    private const string Ours = "#2a6fdb";
    private const string Theirs = "#9aa4b2";

    /// <summary>The chart as SVG.</summary>
    public static string Draw(BenchResults results)
    {
        var groups = results.Scenarios.Select(row => row.Scenario).Distinct().Where(id => Reference.All.Any(reference => reference.Medians.ContainsKey(id))).ToList();
        var body = new StringBuilder();
        var y = 10;
        foreach (var id in groups)
        {
            var bars = Bars(results, id).ToList();
            var most = bars.Max(bar => bar.Median);
            y += GroupGap;
            Text(body, 10, y - 10, $"{id}: {results.Scenarios.First(row => row.Scenario == id).Title}", "font-weight=\"bold\"");
            foreach (var (name, median, colour) in bars)
            {
                var length = Math.Max(1, median / most * Longest);
                Text(body, Left - 8, y + 13, name, "text-anchor=\"end\"");
                body.Append(CultureInfo.InvariantCulture, $"""<rect x="{Left}" y="{y}" width="{length:0.#}" height="{BarHeight - 3}" fill="{colour}"/>""").Append('\n');
                Text(body, Left + length + 6, y + 13, string.Create(CultureInfo.InvariantCulture, $"{median:#,0} ms"), "");
                y += BarHeight;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {y + 20}" font-family="system-ui, sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="white"/>
            {body}</svg>

            """);
    }

    private static IEnumerable<(string Name, double Median, string Colour)> Bars(BenchResults results, string id) =>
    [
        .. AppKind.All.Where(kind => results.Find(id, kind.Id) is not null).Select(kind => ($"Stepwell, {kind.Name}", results.Find(id, kind.Id)!.Values.Median, Ours)),
        .. Reference.All.Where(reference => reference.Medians.ContainsKey(id)).Select(reference => (reference.Name, reference.Medians[id], Theirs)),
    ];

    private static void Text(StringBuilder body, double x, double y, string text, string attributes) =>
        body.Append(CultureInfo.InvariantCulture, $"""<text x="{x:0.#}" y="{y:0.#}" {attributes}>{text}</text>""").Append('\n');
}
