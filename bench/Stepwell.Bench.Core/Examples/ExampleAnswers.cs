using System.Globalization;
using System.Text;
using Stepwell.Executor.Invocation;
using Stepwell.Protocol;

namespace Stepwell.Bench.Core.Examples;

/// <summary>What an app answers to a call, with its members in the order of the <c>inngest</c> package.</summary>
internal static class ExampleAnswers
{
    private static readonly Uri s_url = new("http://shop.example/api/stepwell?fnId=shop-invitations&stepId=step");

    private static readonly Dictionary<string, string> s_headers = new(StringComparer.OrdinalIgnoreCase)
    {
        [ProtocolHeaders.Sdk] = "js:v4.24.0",
        [ProtocolHeaders.RequestVersion] = "2",
        ["content-type"] = "application/json",
    };

    /// <summary>One step was run.</summary>
    public static RawAnswer Ran() => Reporting($$"""[{{Op(0, "StepRun", $"\"data\":{ExampleSteps.ResultOf(0)},\"timing\":{{\"a\":1793606400000000000,\"b\":20000000}}")}}]""");

    /// <summary>So many steps were found at once.</summary>
    public static RawAnswer Found(int steps) => Reporting($"[{string.Join(",", Enumerable.Range(0, steps).Select(place => Op(place, "StepPlanned", "\"data\":null")))}]");

    private static RawAnswer Reporting(string json) => new(s_url, 206, s_headers.GetValueOrDefault, Encoding.UTF8.GetBytes(json));

    private static string Op(int place, string code, string rest) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"op":"{{code}}","id":"{{ExampleSteps.KeyOf(place)}}","name":"{{ExampleSteps.NameOf(place)}}","displayName":"{{ExampleSteps.NameOf(place)}}","opts":{"type":"step"},"userland":{"id":"{{ExampleSteps.NameOf(place)}}"},{{rest}}}
        """);
}
