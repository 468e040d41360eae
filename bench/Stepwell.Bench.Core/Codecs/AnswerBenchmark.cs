using BenchmarkDotNet.Attributes;
using Stepwell.Bench.Core.Examples;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Ports;

namespace Stepwell.Bench.Core.Codecs;

/// <summary>Reading what an app answers to a call.</summary>
[MemoryDiagnoser]
public class AnswerBenchmark
{
    private RawAnswer _ran = null!;
    private RawAnswer _found = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _ran = ExampleAnswers.Ran();
        _found = ExampleAnswers.Found(100);
    }

    [Benchmark(Description = "read that a step was run")]
    public AppAnswer ReadRan() => AnswerReading.Read(_ran, ExampleRuns.Now);

    [Benchmark(Description = "read that 100 steps were found")]
    public AppAnswer ReadFound() => AnswerReading.Read(_found, ExampleRuns.Now);
}
