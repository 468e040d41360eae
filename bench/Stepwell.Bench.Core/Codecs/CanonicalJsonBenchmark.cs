using BenchmarkDotNet.Attributes;
using Stepwell.Bench.Core.Examples;
using Stepwell.Protocol.Json;

namespace Stepwell.Bench.Core.Codecs;

/// <summary>Bringing JSON into the form of RFC 8785.</summary>
[MemoryDiagnoser]
public class CanonicalJsonBenchmark
{
    private byte[] _written = null!;
    private ReadOnlyMemory<byte> _canonical;

    [GlobalSetup]
    public void SetUp()
    {
        _written = ExampleEvents.Request(25);
        _canonical = CanonicalJson.Canonicalize(_written).Utf8;
    }

    [Benchmark(Description = "10 KiB as people write it")]
    public RawJson Written() => CanonicalJson.Canonicalize(_written);

    [Benchmark(Description = "the same once it is canonical")]
    public RawJson Canonical() => CanonicalJson.Canonicalize(_canonical);
}
