using BenchmarkDotNet.Attributes;
using Stepwell.Bench.Core.Examples;
using Stepwell.Executor.Runs;

namespace Stepwell.Bench.Core.Runs;

/// <summary>What the run core takes for steps that a function comes to at once.</summary>
[MemoryDiagnoser]
public class DiscoveryDeciderBenchmark
{
    private Run _run = null!;
    private Fact _hasFound = null!;

    [Params(100)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _run = ExampleRuns.Fresh();
        _hasFound = ExampleRuns.HasFound(_run, Steps);
    }

    [Benchmark(Description = "steps found side by side")]
    public Decision Found() => RunDecider.Decide(_run, _hasFound, ExampleRuns.Now);
}
