using Stepwell.Sdk;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>Functions that stand still at chosen places until the test opens the gate, so that an executor can be stopped right there.</summary>
internal sealed class DurableFunctions(WorkLog log)
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OpenGate() => _gate.TrySetResult();

    public StepwellClient Create(Uri executor)
    {
        var client = new StepwellClient("durable", new StepwellOptions { IsDev = true, BaseUrl = executor });
        client.CreateFunction(On("first"), async (RunContext<Nothing> run, Step step) =>
        {
            await GatedAsync(step, "first", "one");
            return await PlainAsync(step, "first", "two");
        });
        client.CreateFunction(On("later"), async (RunContext<Nothing> run, Step step) =>
        {
            await PlainAsync(step, "later", "one");
            await PlainAsync(step, "later", "two");
            await GatedAsync(step, "later", "three");
            return await PlainAsync(step, "later", "four");
        });
        client.CreateFunction(On("sleep"), async (RunContext<Nothing> run, Step step) =>
        {
            await PlainAsync(step, "sleep", "one");
            await step.SleepAsync("pause", TimeSpan.FromSeconds(5));
            return await PlainAsync(step, "sleep", "two");
        });
        client.CreateFunction(On("parallel"), async (RunContext<Nothing> run, Step step) =>
        {
            await Task.WhenAll(PlainAsync(step, "parallel", "one"), GatedAsync(step, "parallel", "two"), PlainAsync(step, "parallel", "three"));
            return await PlainAsync(step, "parallel", "four");
        });
        client.CreateFunction(On("retry"), async (RunContext<Nothing> run, Step step) =>
        {
            await PlainAsync(step, "retry", "one");
            await step.RunAsync("two", () =>
            {
                log.Add("retry two begins");
                return log.Count("retry two begins") < 2 ? throw new RetryAfterException("later", TimeSpan.FromSeconds(5)) : 0;
            });
            return await PlainAsync(step, "retry", "three");
        });
        client.CreateFunction(On("slow"), async (RunContext<Nothing> run, Step step) =>
        {
            await step.RunAsync("one", async (CancellationToken token) =>
            {
                log.Add("slow one begins");
                await Task.Delay(TimeSpan.FromSeconds(4), token);
                log.Add("slow one");
            });
            return await PlainAsync(step, "slow", "two");
        });
        return client;
    }

    public static async Task<string[]> SendAsync(ExecutorServer executor, params string[] functions) =>
        await Task.WhenAll(functions.Select(function => executor.SendAsync($"durable/{function}", new { })));

    private static FunctionOptions On(string name) => new(name) { Triggers = [Trigger.On($"durable/{name}")] };

    private Task<int> PlainAsync(Step step, string function, string name) => step.RunAsync(name, () =>
    {
        log.Add($"{function} {name}");
        return 0;
    });

    private Task<int> GatedAsync(Step step, string function, string name) => step.RunAsync(name, async token =>
    {
        log.Add($"{function} {name} begins");
        try
        {
            await _gate.Task.WaitAsync(token);
        }
        catch (OperationCanceledException)
        {
            log.Add($"{function} {name} broken off");
            throw;
        }

        log.Add($"{function} {name}");
        return 0;
    });
}
