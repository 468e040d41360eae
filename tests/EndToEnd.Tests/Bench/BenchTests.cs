using System.Text.Json;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Bench;

/// <summary>The program that measures does measure; how fast it was here is no matter of a test.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly string _output = Path.Combine(Path.GetTempPath(), $"stepwell-bench-{Guid.NewGuid():N}.json");

    [Fact]
    public async Task A_quick_measuring_tells_times_and_counts()
    {
        using var bench = Run("--quick", "--scenarios", "S1", "--apps", "csharp", "--output", _output);

        Assert.True(await bench.WaitForExitAsync() == 0, bench.Output);
        using var results = JsonDocument.Parse(await File.ReadAllTextAsync(_output));
        var result = Assert.Single(results.RootElement.GetProperty("scenarios").EnumerateArray());
        Assert.True(result.GetProperty("values").GetProperty("median").GetDouble() > 0);
        Assert.True(result.GetProperty("calibration").GetDouble() > 0);

        var cost = result.GetProperty("cost");
        Assert.InRange(cost.GetProperty("transactionsPerRun").GetDouble(), 10, 40);
        Assert.True(cost.GetProperty("sentBytes").GetInt64() > 0);
        Assert.True(cost.GetProperty("cpuMilliseconds").GetDouble() > 0);
        Assert.True(cost.GetProperty("peakMemoryBytes").GetInt64() > 0);
    }

    [Fact]
    public async Task A_scenario_that_does_not_exist_is_named_with_those_that_do()
    {
        using var bench = Run("--scenarios", "S11");

        Assert.Equal(1, await bench.WaitForExitAsync());
        Assert.Contains("'S11'", bench.Output, StringComparison.Ordinal);
        Assert.Contains("S10", bench.Output, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_output);

    private static ServerProcess Run(params string[] arguments) => new(BuiltProgram.PathOf("bench/Stepwell.Bench", "Stepwell.Bench"), arguments);
}
