using System.Text.Json;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;
using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk.Serving;

/// <summary>A function as it is registered.</summary>
internal static class FunctionRegistration
{
    public static FunctionConfig Of(Function function, string endpoint)
    {
        var options = function.Options;
        var url = $"{endpoint}?fnId={Uri.EscapeDataString(function.Id.Value)}&stepId=step";
        return new FunctionConfig
        {
            Id = function.Id.Value,
            Name = options.Name ?? options.Id,
            Triggers = [.. options.Triggers.Select(trigger => new TriggerConfig { Event = trigger.Event, Expression = trigger.If })],
            Steps = new Dictionary<string, StepConfig>
            {
                ["step"] = new("step", "step", new RuntimeConfig("http", url), new RetriesConfig(options.Retries)),
            },
            Concurrency = options.Concurrency.Count == 0 ? null : Limits(options.Concurrency),
        };
    }

    private static RawJson Limits(IReadOnlyList<Concurrency> limits) => RawJson.FromString(
        $"[{string.Join(',', limits.Select(limit => limit.Key is { } key ? $"{{\"key\":\"{JsonEncodedText.Encode(key)}\",\"limit\":{limit.Limit}}}" : $"{{\"limit\":{limit.Limit}}}"))}]");
}
