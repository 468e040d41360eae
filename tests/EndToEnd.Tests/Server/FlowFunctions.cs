using System.Text.Json;
using Stepwell.Sdk;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>One function for each thing that a function can ask for beside its code. Each is started by the event that has its name, and numbered by its data.</summary>
internal static class FlowFunctions
{
    private const string Key = "event.data.key";

    public static StepwellClient Create(Uri executor, WorkLog log)
    {
        var client = new StepwellClient("flow", new StepwellOptions { IsDev = true, BaseUrl = executor });
        AddStarts(client);
        AddLimits(client, log);
        AddEnds(client, log);
        return client;
    }

    private static void AddStarts(StepwellClient client)
    {
        client.CreateFunction(On("throttled") with { Throttle = new(1, TimeSpan.FromSeconds(8), key: Key) }, (RunContext<Numbered> run, Step _) => Task.FromResult(run.Event.Data.N));
        client.CreateFunction(On("rate-limited") with { RateLimit = new(2, TimeSpan.FromHours(1), Key) }, (RunContext<Numbered> run, Step _) => Task.FromResult(run.Event.Data.N));
        client.CreateFunction(On("once") with { Idempotency = Key }, (RunContext<Numbered> run, Step _) => Task.FromResult(run.Event.Data.N));
        client.CreateFunction(On("debounced") with { Debounce = new(TimeSpan.FromSeconds(15), Key) }, (RunContext<Numbered> run, Step _) => Task.FromResult(run.Event.Data.N));
        client.CreateFunction(On("batched") with { Batch = new(3, TimeSpan.FromSeconds(15), Key) }, (RunContext<Numbered> run, Step _) => Task.FromResult(run.Events.Select(one => one.Data.N)));
        client.CreateFunction(On("paused"), (RunContext<Numbered> run, Step _) => Task.FromResult(run.Event.Data.N));
        client.CreateFunction(
            new FunctionOptions("every-minute") { Triggers = [Trigger.Cron("TZ=Europe/Berlin * * * * *")] }, (RunContext<JsonElement> run, Step _) => Task.FromResult(run.Event.Data.GetProperty("cron").GetString()));
    }

    private static void AddLimits(StepwellClient client, WorkLog log)
    {
        client.CreateFunction(On("limited") with { Concurrency = [new(2, Key)] }, async (RunContext<Numbered> run, Step step) => await step.RunAsync("work", () => WorkAsync(log, run)));
        client.CreateFunction(On("one-by-one") with { Concurrency = [new(1, Key)], Priority = "event.data.p" }, async (RunContext<Numbered> run, Step step) => await step.RunAsync("work", () => WorkInTurnAsync(log, run)));
        client.CreateFunction(On("alone") with { Singleton = new(SingletonMode.Skip, Key) }, (RunContext<Numbered> _, Step step) => step.SleepAsync("nap", TimeSpan.FromSeconds(10)));
        client.CreateFunction(On("newest") with { Singleton = new(SingletonMode.Cancel, Key) }, (RunContext<Numbered> _, Step step) => step.SleepAsync("nap", TimeSpan.FromSeconds(10)));
    }

    private static void AddEnds(StepwellClient client, WorkLog log)
    {
        client.CreateFunction(
            On("cancellable") with { CancelOn = [new("flow/stop", "async.data.key == event.data.key", TimeSpan.FromHours(1))] },
            (RunContext<Numbered> _, Step step) => step.SleepAsync("nap", TimeSpan.FromHours(1)));
        client.CreateFunction(On("hurried") with { Timeouts = new() { Finish = TimeSpan.FromSeconds(1) } }, (RunContext<Numbered> _, Step step) => step.SleepAsync("nap", TimeSpan.FromHours(1)));
        client.CreateFunction(
            On("late") with { Concurrency = [new(1, Key)], Timeouts = new() { Start = TimeSpan.FromSeconds(10) } },
            async (RunContext<Numbered> run, Step step) =>
            {
                log.Add($"{run.Event.Data.Key} late {run.Event.Data.N}");
                await step.RunAsync("work", () => log.WaitForAsync($"{run.Event.Data.Key} is over"));
            });
        client.CreateFunction(On("sleeper"), (RunContext<Numbered> _, Step step) => step.SleepAsync("nap", TimeSpan.FromHours(1)));
        var failing = client.CreateFunction(On("failing") with { Retries = 0 }, Task (RunContext<Numbered> run, Step _) => throw new InvalidOperationException($"number {run.Event.Data.N}"));
        client.OnFailure(failing, (run, step) => step.RunAsync("tell", () => log.Add($"{run.Event.Data.RunId} failed: {run.Event.Data.Failure.Message}")));
        client.CreateFunction(
            new FunctionOptions("mourner") { Triggers = [Trigger.On("inngest/function.cancelled", "event.data.function_id == 'flow-sleeper'")] },
            (RunContext<JsonElement> run, Step _) =>
            {
                log.Add($"{run.Event.Data.GetProperty("run_id").GetString()} was cancelled");
                return Task.CompletedTask;
            });
    }

    private static FunctionOptions On(string name) => new(name) { Triggers = [Trigger.On($"flow/{name}")] };

    /// <summary>Works for a while, and says how many worked at the time on what has the same key.</summary>
    private static async Task<int> WorkAsync(WorkLog log, RunContext<Numbered> run)
    {
        var key = run.Event.Data.Key;
        log.Add($"{key} begin {run.Event.Data.N}");
        var working = log.Of($"{key} begin").Length - log.Of($"{key} end").Length;
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        log.Add($"{key} end {run.Event.Data.N}");
        return working;
    }

    /// <summary>Works for a while; the first until all are there.</summary>
    private static async Task WorkInTurnAsync(WorkLog log, RunContext<Numbered> run)
    {
        await WorkAsync(log, run);
        if (run.Event.Data.N == 0)
            await log.WaitForAsync($"{run.Event.Data.Key} all are there");
    }

    private sealed record Numbered(int N, string Key, int P);
}
