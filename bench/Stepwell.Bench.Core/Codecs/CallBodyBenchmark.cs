using BenchmarkDotNet.Attributes;
using Stepwell.Bench.Core.Examples;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Ports;

namespace Stepwell.Bench.Core.Codecs;

/// <summary>Writing the body of a call, which carries the results of all steps.</summary>
[MemoryDiagnoser]
public class CallBodyBenchmark
{
    public const string RequestId = "01KB1Q2M00000000000000RQ00";

    private AppCall _call = null!;

    /// <summary>Those that are done.</summary>
    [Params(10, 100, 1_000)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void SetUp() => _call = ExampleRuns.CallOf(ExampleRuns.Sequence(Steps));

    [Benchmark(Description = "write")]
    public byte[] Write() => CallBody.Write(_call, RequestId);
}
