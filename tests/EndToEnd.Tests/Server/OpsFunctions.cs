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
        AddWaits(client);
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

    private static void AddWaits(StepwellClient client)
    {
        client.CreateFunction(On("wait"), async (RunContext<Input> run, Step step) =>
        {
            var paid = await step.WaitForEventAsync("paid", TimeSpan.FromHours(1), Match.On((Paid p) => p.Order, run.Event.Data.Text));
            return paid?.Data.Amount;
        });
        client.CreateFunction(On("wait-in-vain"), async (RunContext<Input> run, Step step) =>
            await step.WaitForEventAsync("paid", "ops/never", TimeSpan.FromSeconds(1)) is null ? "nothing came" : "something came");
        var twice = client.CreateFunction(On("double"), (RunContext<Number> run, Step step) => step.RunAsync("double", () => run.Event.Data.N * 2));
        client.CreateFunction(On("invoke"), async (RunContext<Input> run, Step step) =>
            (await Task.WhenAll(Enumerable.Range(1, 3).Select(n => step.InvokeAsync($"call {n}", twice, new Number(n))))).Sum());
        client.CreateFunction(On("hopeless"), (RunContext<Input> run, Step step) => Task.FromException<int>(new NonRetriableException("no paper")));
        client.CreateFunction(On("sleepy"), (RunContext<Input> run, Step step) => step.SleepAsync("nap", TimeSpan.FromHours(1)));
        client.CreateFunction(On("invoke-in-vain"), async (RunContext<Input> run, Step step) =>
        {
            try
            {
                return $"{await step.InvokeAsync<int>("call", run.Event.Data.Text!, null, TimeSpan.FromSeconds(20))}";
            }
            catch (InvokeFailedException failed)
            {
                return $"{failed.FunctionId} {(failed.IsTimeout ? "timed out" : failed.IsCancelled ? "was cancelled" : failed.Failure.Message)}";
            }
        });
        client.CreateFunction(On("wait-for-signal"), async (RunContext<Input> run, Step step) =>
            (await step.WaitForSignalAsync<Number>("go", run.Event.Data.Text!, TimeSpan.FromHours(1)))?.Data.N);
        client.CreateFunction(On("send-signal"), (RunContext<Input> run, Step step) => step.SendSignalAsync("send", run.Event.Data.Text!, new Number(7)));
        client.CreateFunction(On("fetch"), async (RunContext<Input> run, Step step) =>
        {
            var answer = await step.FetchAsync("get", new FetchRequest(new Uri(run.Event.Data.Text!)) { Headers = new Dictionary<string, string> { ["x-mine"] = "yes" } });
            return $"{answer.StatusCode} {answer.Body}";
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

    internal sealed record Number(int N);

    [Event("ops/paid")]
    internal sealed record Paid(string? Order, int Amount);
}
