using System.Collections.Immutable;
using System.Text.Json;

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

    public ScenarioResult? Find(string scenario, string app) => Scenarios.FirstOrDefault(result => result.Scenario == scenario && result.App == app);
}
