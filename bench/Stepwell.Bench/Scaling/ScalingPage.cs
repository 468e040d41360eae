using System.Globalization;
using System.Text;
using Stepwell.Bench.Apps;
using Stepwell.Bench.Results;

namespace Stepwell.Bench.Scaling;

/// <summary>The part of <c>docs/scaling.md</c> that is computed from what was counted, between its two marks, and the chart beside it.</summary>
internal static class ScalingPage
{
    private const string Scenario = "S4";
    private static readonly int[] s_shards = [1, 2, 4, 8];
    private static readonly int[] s_accounts = [1, 2, 4];

    public static async Task WriteAsync(string folder, BenchResults results, CancellationToken cancellationToken)
    {
        var counted = AppKind.All.Select(kind => (kind.Name, Result: results.Find(Scenario, kind.Id))).Where(one => one.Result is not null).ToList();
        if (counted.Count == 0)
            return;

        await MarkedSection.WriteAsync(
            Path.Combine(folder, "scaling.md"), "<!-- model: written by ./bench/run --write-docs -->", "<!-- end of model -->", Lines([.. counted.Select(one => (one.Name, Load.Of(one.Result!.Cost)))]), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "scaling.svg"), Draw(Load.Of(counted[0].Result!.Cost)), cancellationToken);
    }

    private static IEnumerable<string> Lines(IReadOnlyList<(string App, Load Load)> loads)
    {
        foreach (var (app, load) in loads)
        {
            yield return "";
            yield return Text($"App in {app}: a run of {load.Steps:0} steps asks for {load.Requests:0.0} requests, of which messages {load.Messages:0.0}.");
            yield return "";
            yield return $"| queues | {string.Join(" | ", load.Ceilings(1).Select(ceiling => ceiling.Limit))} | first |";
            yield return $"| --- | {string.Join(" | ", load.Ceilings(1).Select(_ => "---"))} | --- |";
            foreach (var shards in s_shards)
                yield return Text($"| {shards} | {string.Join(" | ", load.Ceilings(shards).Select(ceiling => Text($"{ceiling.StepsPerSecond:#,0} steps/s")))} | {load.First(shards).Limit} |");
        }

        yield return "";
    }

    /// <summary>Steps a second over the number of queues, a line for each number of accounts.</summary>
    private static string Draw(Load load)
    {
        const int Width = 640;
        const int Height = 320;
        const int Left = 90;
        const int Bottom = 270;
        var most = s_accounts.Max() * load.First(s_shards.Max()).StepsPerSecond;
        var body = new StringBuilder();
        foreach (var accounts in s_accounts)
        {
            var points = s_shards.Select((shards, at) => (X: X(at), Y: Y(accounts * load.First(shards).StepsPerSecond))).ToList();
            body.Append(Text($"""<polyline fill="none" stroke="#2a6fdb" stroke-width="2" points="{string.Join(' ', points.Select(point => Text($"{point.X:0.#},{point.Y:0.#}")))}"/>""")).Append('\n');
            body.Append(Text($"""<text x="{points[^1].X + 8:0.#}" y="{points[^1].Y + 4:0.#}">{accounts} account{(accounts == 1 ? "" : "s")}: {accounts * load.First(s_shards[^1]).StepsPerSecond:#,0} steps/s</text>""")).Append('\n');
        }

        for (var at = 0; at < s_shards.Length; at++)
            body.Append(Text($"""<text x="{X(at):0.#}" y="{Bottom + 18}" text-anchor="middle">{s_shards[at]}</text>""")).Append('\n');

        return Text($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="system-ui, sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="white"/>
            <line x1="{Left}" y1="{Bottom}" x2="{X(s_shards.Length - 1):0.#}" y2="{Bottom}" stroke="#9aa4b2"/>
            <text x="{Left}" y="{Bottom + 36}">queues of each account</text>
            {body}</svg>

            """);

        double X(int at) => Left + (at * 110);

        double Y(double steps) => Bottom - (steps / most * 230);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
