using System.Text.Json;

namespace Stepwell.Sdk.Tests.Recorded;

/// <summary>The app to which unusual messages were sent, in C#.</summary>
internal static class EdgeCaseApp
{
    public static StepwellClient Create(StepwellOptions options)
    {
        var client = new StepwellClient("m", options);
        client.CreateFunction(new FunctionOptions("a") { Triggers = [Trigger.On("a")] }, async (RunContext<JsonElement> _, Step step) =>
        {
            var x = await step.RunAsync("x", () => JsonSerializer.SerializeToElement(1));
            var y = await step.RunAsync("y", () => 2);
            return x.ValueKind == JsonValueKind.Number ? x.GetInt32() + y : y;
        });
        client.CreateFunction(new FunctionOptions("big") { Triggers = [Trigger.On("b")] }, async (RunContext<JsonElement> _, Step step) => await step.RunAsync("n", () => new
        {
            d = DateTimeOffset.UnixEpoch,
            m = new Dictionary<string, int>(),
            buf = "hi"u8.ToArray(),
        }));
        client.CreateFunction(new FunctionOptions("inp") { Triggers = [Trigger.On("c")] }, async (RunContext<JsonElement> _, Step step) =>
            await step.RunAsync("withinput", () => new { got = new { edited = false } }));
        return client;
    }
}
