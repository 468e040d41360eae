using System.Collections.Immutable;
using Stepwell.Sdk;

namespace Stepwell.EndToEnd.Tests.Upgrade;

/// <summary>One function for each thing that a run can stand at. What is recorded depends on them: change none, add others.</summary>
internal static class UpgradeFunctions
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_month = TimeSpan.FromDays(30);

    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["batched"] = "\"batchEvents\":{\"maxSize\":3,\"timeout\":\"1m\"}",
        ["cancellable"] = "\"cancel\":[{\"event\":\"stop\",\"if\":\"async.data.id == event.data.id\"}]",
        ["throttled"] = "\"throttle\":{\"limit\":1,\"period\":\"1h\"}",
        ["limited"] = "\"concurrency\":[{\"limit\":1,\"key\":\"event.data.id\"}]",
    };

    /// <summary>What comes of each function when its first event has <c>{"id":7}</c> and it is sent the others.</summary>
    public static ImmutableSortedDictionary<string, string> Outputs { get; } = new Dictionary<string, string>
    {
        ["new"] = "8",
        ["sleeps"] = "\"7 slept\"",
        ["parallel"] = "6",
        ["retries"] = "\"at last\"",
        ["large"] = "100000",
        ["waits"] = "\"paid 12\"",
        ["signalled"] = "\"go 5\"",
        ["invokes"] = "\"told: 7 slept\"",
        ["limited"] = "\"7 slept\"",
        ["throttled"] = "7",
        ["finished"] = "\"done\"",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <param name="executor">Its address.</param>
    /// <param name="hasRecovered">Whether what fails while it is recorded does so no more.</param>
    public static StepwellClient Create(Uri executor, bool hasRecovered)
    {
        var client = new StepwellClient("upgrade", new StepwellOptions { IsDev = true, BaseUrl = executor });
        client.CreateFunction(On("new"), (RunContext<Data> run, Step step) => step.RunAsync("add", () => run.Event.Data.Id + 1));
        client.CreateFunction(On("sleeps"), (RunContext<Data> run, Step step) => SleepAsync(run, step));
        client.CreateFunction(On("limited"), (RunContext<Data> run, Step step) => SleepAsync(run, step));
        client.CreateFunction(On("parallel"), async (RunContext<Data> _, Step step) => (await Task.WhenAll(
            step.RunAsync("one", () => 1), step.RunAsync("two", () => 2), LateAsync(step))).Sum());
        client.CreateFunction(On("retries"), (RunContext<Data> _, Step step) =>
            step.RunAsync("fails", () => hasRecovered ? "at last" : throw new InvalidOperationException("not yet")));
        client.CreateFunction(On("large"), async (RunContext<Data> _, Step step) =>
        {
            var text = await step.RunAsync("write", Large);
            await step.SleepAsync("nap", s_hour);
            return text == Large() ? text.Length : -1;
        });
        client.CreateFunction(On("waits"), async (RunContext<Data> _, Step step) =>
            $"paid {(await step.WaitForEventAsync("paid", "paid", s_month, "async.data.id == event.data.id"))?.Data.GetProperty("amount")}");
        client.CreateFunction(On("signalled"), async (RunContext<Data> _, Step step) => $"go {(await step.WaitForSignalAsync<int>("go", "go", s_month))?.Data}");
        client.CreateFunction(On("invokes"), async (RunContext<Data> run, Step step) => $"told: {await step.InvokeAsync<string>("child", "upgrade-sleeps", run.Event.Data)}");
        client.CreateFunction(On("throttled"), (RunContext<Data> run, Step _) => Task.FromResult(run.Event.Data.Id));
        client.CreateFunction(On("finished"), (RunContext<Data> _, Step step) => step.RunAsync("work", () => "done"));
        client.CreateFunction(On("cancellable"), (RunContext<Data> _, Step step) => step.SleepAsync("nap", s_month));
        client.CreateFunction(On("batched"), (RunContext<Data> run, Step _) => Task.FromResult(run.Events.Sum(one => one.Data.Id)));
        return client;
    }

    private static FunctionOptions On(string name) => new(name) { Triggers = [Trigger.On(name)], Retries = 3 };

    private static async Task<string> SleepAsync(RunContext<Data> run, Step step)
    {
        var before = await step.RunAsync("before", () => run.Event.Data.Id);
        await step.SleepAsync("nap", s_hour);
        return await step.RunAsync("after", () => $"{before} slept");
    }

    private static async Task<int> LateAsync(Step step)
    {
        await step.SleepAsync("nap", s_hour);
        return await step.RunAsync("three", () => 3);
    }

    // Nothing that compression could make small enough for a row.
    private static string Large() => string.Create(100_000, 0, (text, _) =>
    {
        var state = 1u;
        for (var i = 0; i < text.Length; i++)
            text[i] = (char)('!' + ((state = (state * 1_664_525) + 1_013_904_223) >> 16) % 90);
    });

    internal sealed record Data(int Id);
}
