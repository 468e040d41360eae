using BenchmarkDotNet.Attributes;
using Stepwell.Bench.Core.Examples;
using Stepwell.Executor.Runs;

namespace Stepwell.Bench.Core.Runs;

/// <summary>What the run core takes for one more step of a run.</summary>
[MemoryDiagnoser]
public class DeciderBenchmark
{
    private Run _sequence = null!;
    private Fact _hasRun = null!;
    private Run _halfDone = null!;
    private Fact _hasReturned = null!;

    /// <summary>Of the run, with the one that is decided about.</summary>
    [Params(10, 100, 1_000)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _sequence = ExampleRuns.Sequence(Steps - 1);
        _hasRun = ExampleRuns.HasRun(_sequence, Steps - 1);
        _halfDone = ExampleRuns.HalfDone(Steps);
        _hasReturned = ExampleRuns.HasReturned(_halfDone, Steps / 2);
    }

    [Benchmark(Description = "a step returned, those before it are done")]
    public Decision InSequence() => RunDecider.Decide(_sequence, _hasRun, ExampleRuns.Now);

    [Benchmark(Description = "a step returned, half of its siblings are done")]
    public Decision SideBySide() => RunDecider.Decide(_halfDone, _hasReturned, ExampleRuns.Now);
}
