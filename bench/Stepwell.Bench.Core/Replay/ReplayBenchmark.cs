using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Stepwell.Bench.Core.Codecs;
using Stepwell.Bench.Core.Examples;
using Stepwell.Executor.Invocation;
using Stepwell.Sdk;
using Stepwell.Sdk.Serving;

namespace Stepwell.Bench.Core.Replay;

/// <summary>The last call of a function in C#: all its steps have results, with which it goes from its beginning to its end.</summary>
[MemoryDiagnoser]
public class ReplayBenchmark
{
    private ServeHandler _handler = null!;
    private ServeRequest _request = null!;

    [Params(10, 100, 1_000)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var client = new StepwellClient("shop", ReplayJson.Default, new StepwellOptions { IsDev = true });
        client.CreateFunction(new FunctionOptions("invitations"), async (RunContext<WaitingListOpened> _, Step step) =>
        {
            var places = 0;
            for (var place = 0; place < Steps; place++)
                places += (await step.RunAsync(ExampleSteps.NameOf(place), () => new Invitation("", "", 0, ExampleRuns.Now))).Place;

            return places;
        });
        _handler = new ServeHandler(client, "bench", TimeProvider.System, NullLoggerFactory.Instance);

        var call = ExampleRuns.CallOf(ExampleRuns.Sequence(Steps));
        var query = new Dictionary<string, string> { ["fnId"] = ExampleRuns.Function, ["stepId"] = call.Item.Value };
        var body = CallBody.Write(call, CallBodyBenchmark.RequestId);
        _request = new ServeRequest("POST", call.Url, query.GetValueOrDefault, _ => null, body, new ServiceCollection().BuildServiceProvider());
    }

    [Benchmark(Description = "answer a call")]
    public Task<ServeResponse> AnswerAsync() => _handler.HandleAsync(_request, CancellationToken.None);
}
