using BenchmarkDotNet.Attributes;
using Stepwell.Bench.Core.Examples;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;

namespace Stepwell.Bench.Core.Codecs;

/// <summary>The text of the messages in the work queue.</summary>
[MemoryDiagnoser]
public class WorkMessageBenchmark
{
    private WorkMessage _message = null!;
    private string _text = "";

    /// <summary>The least and the most that one message names.</summary>
    [Params(1, Hint.MaxItems)]
    public int Items { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _message = new WorkMessage(MessageId.Numbered(17), ExampleRuns.Fresh().Id, [.. Enumerable.Range(0, Items).Select(ExampleSteps.KeyOf)]);
        _text = WorkMessageText.Write(_message);
    }

    [Benchmark(Description = "write")]
    public string Write() => WorkMessageText.Write(_message);

    [Benchmark(Description = "read")]
    public WorkMessage Read() => WorkMessageText.TryRead(_text, out var message, out var problem) ? message : throw new BenchException(problem);
}
