using System.Text.Json;

namespace Stepwell.Sdk.Tests.Recorded;

/// <summary>The functions of the app that was recorded, in C#.</summary>
internal static class RecordedApp
{
    /// <summary>What the functions of the recorded app asks for that the C# SDK does not have.</summary>
    public static readonly string[] NotInTheSdk = ["infer", "wrap"];

    /// <param name="options">Where the executor is.</param>
    /// <param name="until">What the recorded app took from its clock.</param>
    public static StepwellClient Create(StepwellOptions options, DateTimeOffset until)
    {
        var client = new StepwellClient("cap", options);
        Add(client, "hello", run => Task.FromResult(new { hi = run.Event.Data.GetProperty("who").GetString(), runIdLen = run.RunId.Length, attempt = run.Attempt }));
        Add(client, "batch", run => Task.FromResult(new { n = run.Events.Count, first = run.Event.Data }));
        Add(client, "undef", async (run, step) => await step.RunAsync("nothing", () => { }));
        Add(client, "seq", async (run, step) =>
        {
            var a = await step.RunAsync("first-step", () => new { a = 1 });
            return new { a, b = await step.RunAsync("second-step", () => a.a + 41) };
        });
        Add(client, "par", async (run, step) =>
        {
            var parts = await Task.WhenAll(step.RunAsync("p1", () => "one"), step.RunAsync("p2", () => "two"), step.RunAsync("p3", () => "three"));
            return await step.RunAsync("after", () => string.Join('+', parts));
        });
        Add(client, "race", async (run, step) =>
        {
            var fast = step.RunAsync("fast", () => "fast");
            await Task.WhenAny(fast, step.SleepAsync("slow", TimeSpan.FromSeconds(3)));
            return await step.RunAsync("after-race", () => "winner:fast");
        });
        Add(client, "grouprace", async (run, step) => await await Task.WhenAny(step.RunAsync("g1", () => "g1"), step.RunAsync("g2", () => "g2")));
        Add(client, "chains", (run, step) =>
        {
            return Task.WhenAll(ChainAsync("A"), ChainAsync("B"));

            async Task<string> ChainAsync(string name)
            {
                var first = await step.RunAsync($"{name}-1", () => $"{name}1");
                return await step.RunAsync($"{name}-2", () => $"{first}{name}2");
            }
        });
        Add(client, "sleep", async (run, step) =>
        {
            await step.SleepAsync("nap", TimeSpan.FromSeconds(1));
            await step.SleepUntilAsync("until", until);
            await step.SleepAsync("nap2", TimeSpan.FromSeconds(1));
            return "awake";
        });
        Add(client, "cancelme", async (run, step) =>
        {
            await step.SleepAsync("long", TimeSpan.FromHours(1));
            return "never";
        });
        Add(client, "send", async (run, step) => new { ids = await step.SendEventsAsync("emit", [new Event("t/child.event", run.Event.Data), new Event("t/other.event", run.Event.Data)]) });
        Add(client, "steperr", async (run, step) =>
        {
            try
            {
                return await step.RunAsync("boom", object () => throw new ArgumentException("kaput", new InvalidOperationException("root")));
            }
            catch (StepFailedException failed)
            {
                var caught = new { name = failed.Failure.Name, message = failed.Failure.Message, ctor = "StepError", cause = failed.Failure.Inner?.Message };
                return new { caught, after = await step.RunAsync("recover", () => "recovered") };
            }
        });
        Add(client, "flaky", async (run, step) =>
        {
            var r = await step.RunAsync("sometimes", () => run.Attempt > 0 ? 2 : throw new InvalidOperationException($"try {run.Attempt + 1}"));
            return new { r, s = await step.RunAsync("next", () => "ok") };
        });
        Add(client, "uncaught", async (run, step) => await step.RunAsync("die", string () => throw new InvalidOperationException("uncaught step")));
        Add(client, "uncaught-failure", async (run, step) =>
        {
            var data = run.Event.Data;
            await step.RunAsync("report", () => new
            {
                e = data.GetProperty("error").GetProperty("message").GetString(),
                keys = data.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal).ToArray(),
                orig = data.GetProperty("event").GetProperty("name").GetString(),
            });
            return "handled";
        });
        Add(client, "nonretry-step", async (run, step) =>
        {
            try
            {
                return await step.RunAsync("nr", string () => throw new NonRetriableException("never", new InvalidOperationException("why")));
            }
            catch (StepFailedException failed)
            {
                return $"caught {failed.Failure.Name}:{failed.Failure.Message}";
            }
        });
        Add(client, "nonretry-fn", Task<string> (run, step) => throw new NonRetriableException("fn never"));
        Add(client, "fn-throws", Task<string> (run, step) => throw new InvalidOperationException("{\"custom\":\"object\"}"));
        Add(client, "retry-after-step", async (run, step) =>
            await step.RunAsync("later", () => run.Attempt > 0 ? "done" : throw new RetryAfterException("slow down", TimeSpan.FromSeconds(2))));
        Add(client, "retry-after-fn", (run, step) => run.Attempt > 0 ? Task.FromResult("done") : throw new RetryAfterException("slow fn", TimeSpan.FromSeconds(2)));
        Add(client, "loop", async (run, step) =>
        {
            var seen = new List<int>();
            for (var i = 0; i < 3; i++)
                seen.Add(await step.RunAsync("same", () => i));
            return seen;
        });
        Add(client, "ten", async (run, step) =>
        {
            var sum = 0;
            for (var i = 0; i < 10; i++)
                sum = await step.RunAsync($"s{i}", () => sum + 1);
            return sum;
        });
        Add(client, "wait", async (run, step) =>
        {
            var m = await step.WaitForEventAsync("w-match", "t/wait.reply", TimeSpan.FromHours(1), "event.data.id == async.data.id");
            var t = await step.WaitForEventAsync("w-timeout", "t/wait.never", TimeSpan.FromSeconds(1), "async.data.n > 5 && async.data.id == event.data.id");
            return new { m = m?.Data, t = t?.Data };
        });
        Add(client, "signal", async (run, step) =>
        {
            var signal = await step.WaitForSignalAsync<JsonElement>("ws", run.Event.Data.GetProperty("sig").GetString()!, TimeSpan.FromSeconds(30), SignalConflict.Replace);
            return new { data = signal?.Data, signal = signal?.Name };
        });
        Add(client, "sigsend", async (run, step) => await step.RunAsync("ss", async () =>
        {
            var runId = await client.SendSignalAsync(run.Event.Data.GetProperty("sig").GetString()!, new { hello = "sig" });
            return runId is null ? (object)new { } : new { runId };
        }));
        Add(client, "invoke", async (run, step) =>
        {
            var ok = await step.InvokeAsync<JsonElement>("call-child", "cap-child", new { n = 21 });
            try
            {
                return (object)await step.InvokeAsync<JsonElement>("call-child-bad", "cap-child", new { fail = true }, TimeSpan.FromMinutes(1));
            }
            catch (InvokeFailedException failed)
            {
                return new { ok, err = new { name = failed.Failure.Name, message = failed.Failure.Message, ctor = "StepError" } };
            }
        });
        Add(client, "child", run =>
        {
            var data = run.Event.Data;
            if (data.TryGetProperty("fail", out _))
                throw new NonRetriableException("child failed");

            var keys = data.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal).ToArray();
            return Task.FromResult(new { doubled = data.GetProperty("n").GetInt32() * 2, evt = run.Event.Name, keys });
        });
        Add(client, "fetch", async (run, step) =>
        {
            var answer = await step.FetchAsync("step.fetch: 127.0.0.1", new FetchRequest(new Uri(run.Event.Data.GetProperty("url").GetString()!), "POST")
            {
                Headers = new Dictionary<string, string> { ["x-a"] = "b" },
                Body = """{"q":1}""",
            });
            return new { status = answer.StatusCode, body = answer.Body };
        });
        return client;
    }

    private static void Add<T>(StepwellClient client, string id, Func<RunContext<JsonElement>, Task<T>> body) => Add(client, id, (run, _) => body(run));

    private static void Add<T>(StepwellClient client, string id, Func<RunContext<JsonElement>, Step, Task<T>> body) => client.CreateFunction(Options(id), body);

    private static void Add(StepwellClient client, string id, Func<RunContext<JsonElement>, Step, Task> body) => client.CreateFunction(Options(id), body);

    private static FunctionOptions Options(string id) => new(id) { Triggers = [Trigger.On("*")] };
}
