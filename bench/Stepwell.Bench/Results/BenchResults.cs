using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Stepwell.Bench.Apps;

namespace Stepwell.Bench.Results;

/// <summary>All that one measuring gave.</summary>
internal sealed record BenchResults(DateTimeOffset Time, Machine Machine, bool IsQuick, ImmutableArray<ScenarioResult> Scenarios)
{
    public static async Task<BenchResults?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return null;

        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync(file, BenchJson.Default.BenchResults, cancellationToken);
    }

    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, BenchJson.Default.BenchResults, cancellationToken);
    }

    /// <summary>These results with newer ones in place of their own.</summary>
    public BenchResults With(BenchResults newer) => newer with
    {
        IsQuick = IsQuick || newer.IsQuick,
        Scenarios =
        [
            .. Scenarios.Where(result => newer.Find(result.Scenario, result.App) is null).Concat(newer.Scenarios)
                .OrderBy(result => AppKind.All.ToList().FindIndex(kind => kind.Id == result.App)).ThenBy(result => int.Parse(result.Scenario[1..].TrimEnd('a', 'b'), CultureInfo.InvariantCulture)).ThenBy(result => result.Scenario),
        ],
    };

    public ScenarioResult? Find(string scenario, string app) => Scenarios.FirstOrDefault(result => result.Scenario == scenario && result.App == app);
}
