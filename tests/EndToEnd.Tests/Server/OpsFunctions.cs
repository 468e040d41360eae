using System.Text.Json;
using Stepwell.Sdk;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>One function for each op and each way to fail. Each is started by the event that has its name.</summary>
internal static class OpsFunctions
{
    public static StepwellClient Create(Uri executor, WorkLog log)
    {
        var client = new StepwellClient("ops", new StepwellOptions { IsDev = true, BaseUrl = executor });
        AddOps(client, log);
        AddFailures(client, log);
        return client;
    }

    private static void AddOps(StepwellClient client, WorkLog log)
    {
        client.CreateFunction(On("sequence"), async (RunContext<Input> run, Step step) =>
        {
            var text = "";
            for (var i = 0; i < 3; i++)
                text += await step.RunAsync("add", () => Done(log, run, $"add {text.Length}", $"{run.Event.Data.Text}"));

            return text;
        });
        client.CreateFunction(On("parallel"), async (RunContext<Input> run, Step step) =>
        {
            var parts = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => step.RunAsync($"part {i}", () => Done(log, run, $"part {i}", i))));
            return await step.RunAsync("sum", () => Done(log, run, "sum", parts.Sum()));
        });
        client.CreateFunction(On("sleep"), async (RunContext<Input> run, Step step) =>
        {
            await step.RunAsync("before", () => Done(log, run, "before", 0));
            await step.SleepAsync("pause", TimeSpan.FromSeconds(2));
            return await step.RunAsync("after", () => Done(log, run, "after", "awake"));
        });
        client.CreateFunction(On("sleep-until"), async (RunContext<Until> run, Step step) =>
        {
            await step.SleepUntilAsync("pause", run.Event.Data.Time);
            return "awake";
        });
        client.CreateFunction(On("send"), async (RunContext<Input> run, Step step) =>
        {
            var id = await step.SendEventAsync("tell", new Event("ops/told", JsonSerializer.SerializeToElement(new { text = run.Event.Data.Text })));
            return id;
        });
        client.CreateFunction(On("told"), (RunContext<Input> run, Step step) => Task.FromResult($"heard {run.Event.Data.Text}"));
        client.CreateFunction(On("race"), async (RunContext<Input> run, Step step) =>
        {
            var slow = step.SleepAsync("an hour", TimeSpan.FromHours(1));
            var quick = step.RunAsync("quick", () => Done(log, run, "quick", 0));
            return await Task.WhenAny(slow, quick) == quick ? "quick" : "slow";
        });
    }

    private static void AddFailures(StepwellClient client, WorkLog log)
    {
        client.CreateFunction(On("flaky"), async (RunContext<Input> run, Step step) =>
        {
            await step.RunAsync("before", () => Done(log, run, "before", 0));
            return await step.RunAsync("flaky", () => Done(log, run, "flaky", 0) == 0 && Times(log, run, "flaky") < 2 ? throw new IOException("not yet") : "at last");
        });
        client.CreateFunction(On("retry-after"), async (RunContext<Input> run, Step step) => await step.RunAsync(
            "busy", () => Done(log, run, "busy", 0) == 0 && Times(log, run, "busy") < 2 ? throw new RetryAfterException("busy", TimeSpan.FromSeconds(3)) : "free"));
        client.CreateFunction(On("not-retriable"), async (RunContext<Input> run, Step step) => await step.RunAsync<string>(
            "hopeless", () => Done(log, run, "hopeless", 0) == 0 ? throw new NonRetriableException("no such order 17") : ""));
        client.CreateFunction(On("caught", retries: 1), async (RunContext<Input> run, Step step) =>
        {
            try
            {
                await step.RunAsync("charge", () => Done(log, run, "charge", 0) == 0 ? throw new InvalidOperationException("card refused") : 0);
                return "charged";
            }
            catch (StepFailedException failed) when (failed.Failure.Is<InvalidOperationException>())
            {
                return await step.RunAsync("void", () => Done(log, run, "void", $"void after {failed.Failure.Message}"));
            }
        });
        client.CreateFunction(On("uncaught", retries: 1), async (RunContext<Input> run, Step step) =>
            await step.RunAsync<int>("charge", () => Done(log, run, "charge", 0) == 0 ? throw new InvalidOperationException("card refused") : 0));
        client.CreateFunction(On("function-fails-once"), async (RunContext<Input> run, Step step) =>
        {
            var code = await step.RunAsync("before", () => Done(log, run, "before", 7));
            return run.Attempt == 0 ? throw new IOException("the function itself fails") : code;
        });
        client.CreateFunction(On("function-fails", retries: 1), async (RunContext<Input> run, Step step) =>
        {
            await step.RunAsync("before", () => Done(log, run, "before", 0));
            log.Add($"{run.RunId} end");
            throw new IOException("the function itself fails");
        });
    }

    private static FunctionOptions On(string name, int retries = 4) => new(name) { Triggers = [Trigger.On($"ops/{name}")], Retries = retries };

    private static T Done<TEvent, T>(WorkLog log, RunContext<TEvent> run, string work, T result)
    {
        log.Add($"{run.RunId} {work}");
        return result;
    }

    private static int Times(WorkLog log, RunContext<Input> run, string work) => log.Count($"{run.RunId} {work}");

    internal sealed record Input(string? Text);

    internal sealed record Until(DateTimeOffset Time);
}
