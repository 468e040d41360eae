using System.Globalization;
using BenchmarkDotNet.Attributes;
using Stepwell.Bench.Core.Examples;
using Stepwell.Executor.Matching;

namespace Stepwell.Bench.Core.Matching;

/// <summary>The condition of a wait: reading it, and asking it about an event.</summary>
[MemoryDiagnoser]
public class ExpressionBenchmark
{
    // More than the cache of expressions holds: whichever comes next is not in it any more.
    private const int Texts = 2_000;

    private string[] _texts = [];
    private MatchExpression _expression = null!;
    private MatchInput _input = null!;
    private int _next;

    [GlobalSetup]
    public void SetUp()
    {
        _texts = [.. Enumerable.Range(0, Texts).Select(TextOf)];
        _expression = Read(TextOf(0));
        _input = MatchInput.OfWait(ExampleEvents.Stored, ExampleEvents.Stored, ExampleRuns.Now);
    }

    [Benchmark(Description = "parse")]
    public MatchExpression Parse()
    {
        _next = (_next + 1) % Texts;
        return Read(_texts[_next]);
    }

    [Benchmark(Description = "find the parsed one")]
    public MatchExpression Find() => Read(_expression.Text);

    [Benchmark(Description = "evaluate")]
    public MatchValue Evaluate() => _expression.Evaluate(_input);

    private static string TextOf(int least) => string.Create(
        CultureInfo.InvariantCulture,
        $"""event.data.customer.id == async.data.customer.id && (async.data.amount > {least} || has(async.data.voucher)) && async.data.kind in ["paid", "free"]""");

    private static MatchExpression Read(string text) =>
        MatchExpression.TryParse(text, MatchVariables.EventAndAsync, out var expression, out var problem) ? expression : throw new BenchException(problem.ToString());
}
