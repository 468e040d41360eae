using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Stepwell.Bench.Core.Examples;
using Stepwell.Executor.Operations;
using Stepwell.Protocol.Events;

namespace Stepwell.Bench.Core.Codecs;

/// <summary>Reading a request that sends events.</summary>
[MemoryDiagnoser]
public class EventRequestBenchmark
{
    private byte[] _body = null!;
    private EventIdSeed _ids = null!;

    [Params(1, 100)]
    public int Events { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _body = ExampleEvents.Request(Events);
        _ids = EventIdSeed.Create(TimeProvider.System);
    }

    [Benchmark(Description = "read")]
    public ImmutableArray<IncomingEvent> Read() => EventReading.Read(_body, _ids.IdOf, ExampleRuns.Now);
}
