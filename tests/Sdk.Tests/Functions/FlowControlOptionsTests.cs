using System.Text;
using System.Text.Json;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Functions;

/// <summary>What functions ask for beside their code, as it is registered, and what is refused when the function is made.</summary>
public sealed class FlowControlOptionsTests
{
    [Fact]
    public async Task Everything_is_registered_in_the_protocols_words()
    {
        var config = await RegisteredAsync(new FunctionOptions("f")
        {
            Concurrency = [new(10), new(2, "event.data.user", ConcurrencyScope.Account)],
            Throttle = new(5, TimeSpan.FromMinutes(1), burst: 2, key: "event.data.a"),
            RateLimit = new(1, TimeSpan.FromHours(4)),
            Debounce = new(TimeSpan.FromSeconds(10), timeout: TimeSpan.FromMinutes(1)),
            Singleton = new(SingletonMode.Cancel, "event.data.b"),
            Priority = "event.data.p",
            Idempotency = "event.data.cart",
            Timeouts = new() { Start = TimeSpan.FromSeconds(10), Finish = TimeSpan.FromHours(1) },
            CancelOn = [new("shop/stop"), CancelOn.Event(Match.On((Started s) => s.Number, 7), TimeSpan.FromDays(1))],
        });

        Assert.Equal("""[{"limit":10},{"limit":2,"key":"event.data.user","scope":"account"}]""", config.GetProperty("concurrency").GetRawText());
        Assert.Equal("""{"limit":5,"period":"1m","burst":2,"key":"event.data.a"}""", config.GetProperty("throttle").GetRawText());
        Assert.Equal("""{"limit":1,"period":"4h"}""", config.GetProperty("rateLimit").GetRawText());
        Assert.Equal("""{"period":"10s","timeout":"1m"}""", config.GetProperty("debounce").GetRawText());
        Assert.Equal("""{"mode":"cancel","key":"event.data.b"}""", config.GetProperty("singleton").GetRawText());
        Assert.Equal("""{"run":"event.data.p"}""", config.GetProperty("priority").GetRawText());
        Assert.Equal("event.data.cart", config.GetProperty("idempotency").GetString());
        Assert.Equal("""{"start":"10s","finish":"1h"}""", config.GetProperty("timeouts").GetRawText());
        Assert.Equal("""[{"event":"shop/stop"},{"event":"shop/started","if":"async.data.number == 7","timeout":"1d"}]""", config.GetProperty("cancel").GetRawText());
        Assert.False(config.TryGetProperty("batchEvents", out _));
    }

    [Fact]
    public async Task A_batch_and_schedules_are_registered_and_what_is_not_asked_for_is_not_there()
    {
        var config = await RegisteredAsync(new FunctionOptions("f")
        {
            Batch = new(50, TimeSpan.FromSeconds(5), "event.data.user", "event.data.n > 1"),
            Triggers = [Trigger.Cron("0 9 * * 1-5", "Europe/Paris", TimeSpan.FromSeconds(30)), Trigger.Cron("@daily")],
        });

        Assert.Equal("""{"maxSize":50,"timeout":"5s","key":"event.data.user","if":"event.data.n > 1"}""", config.GetProperty("batchEvents").GetRawText().Replace("\\u003E", ">", StringComparison.Ordinal));
        Assert.Equal("""[{"cron":"TZ=Europe/Paris 0 9 * * 1-5","jitter":"30s"},{"cron":"@daily"}]""", config.GetProperty("triggers").GetRawText());
        Assert.Equal(["batchEvents", "id", "name", "steps", "triggers"], config.EnumerateObject().Select(member => member.Name).Order());
    }

    [Fact]
    public void What_has_no_meaning_is_refused_where_it_is_written()
    {
        AssertRefused("at least 1", () => new Throttle(0, TimeSpan.FromMinutes(1)));
        AssertRefused("at least 1s", () => new Throttle(1, TimeSpan.FromMilliseconds(999)));
        AssertRefused("at least 1", () => new Throttle(1, TimeSpan.FromMinutes(1), burst: 0));
        AssertRefused("1s to 1d", () => new RateLimit(1, TimeSpan.FromHours(25)));
        AssertRefused("1s to 1w", () => new Debounce(TimeSpan.FromDays(8)));
        AssertRefused("at least 10s", () => new Debounce(TimeSpan.FromSeconds(10), timeout: TimeSpan.FromSeconds(9)));
        AssertRefused("2 to 100", () => new Batch(1, TimeSpan.FromSeconds(5)));
        AssertRefused("1s to 1m", () => new Batch(2, TimeSpan.FromSeconds(61)));
        AssertRefused("at least 1ms", () => new Timeouts { Finish = TimeSpan.Zero });
        AssertRefused("1ms to 52w2d", () => new CancelOn("a", timeout: TimeSpan.FromDays(367)));
        AssertRefused("1s to 5m", () => Trigger.Cron("@daily", jitter: TimeSpan.FromMinutes(6)));
        AssertRefused("There is no time zone 'Nowhere'", () => Trigger.Cron("@daily", "Nowhere"));
        AssertRefused("needs a key", () => new Concurrency(1, scope: ConcurrencyScope.Account));
        AssertRefused("at most two concurrency limits, not 3", () => new FunctionOptions("f") { Concurrency = [new(1), new(1), new(1)] });
        AssertRefused("at most 5 events that cancel it, not 6", () => new FunctionOptions("f") { CancelOn = [.. Enumerable.Range(0, 6).Select(n => new CancelOn($"e{n}"))] });
        AssertRefused("has Batch together with Debounce", () => Make(new FunctionOptions("f") { Batch = new(2, TimeSpan.FromSeconds(5)), Debounce = new(TimeSpan.FromSeconds(5)) }));
        AssertRefused("has Batch together with CancelOn", () => Make(new FunctionOptions("f") { Batch = new(2, TimeSpan.FromSeconds(5)), CancelOn = [new("e")] }));
    }

    [Fact]
    public async Task A_function_that_is_started_by_the_clock_gets_its_schedule()
    {
        var app = new TestApp();
        app.Client.CreateFunction(new FunctionOptions("function") { Triggers = [Trigger.Cron("@daily")] }, (RunContext<CronTick> run, Step step) => Task.FromResult(run.Event.Data.Cron));

        var answer = await app.CallAsync(new Call { Events = ["""{"data":{"cron":"@daily"},"name":"inngest/scheduled.timer"}"""] });

        Assert.Equal("\"@daily\"", answer.Result());
    }

    [Fact]
    public async Task What_is_done_about_failures_is_a_function_of_its_own()
    {
        var app = new TestApp();
        var function = app.Client.CreateFunction(new FunctionOptions("function") { Name = "My function" }, (RunContext<Started> _, Step step) => Task.FromResult(1));
        app.Client.OnFailure(function, async (RunContext<FunctionFailed> run, Step step) =>
            await step.RunAsync("tell", () => $"{run.Event.Data.FunctionId} {run.Event.Data.RunId} {run.Event.Data.Failure.Message} {run.Event.Data.Event.GetProperty("name").GetString()}"));

        var configs = await RegisteredAsync(app);
        var failure = configs.Single(config => config.GetProperty("id").GetString() == "shop-function-failure");
        Assert.Equal("My function (failure)", failure.GetProperty("name").GetString());
        Assert.Equal("event.data.function_id == 'shop-function'", failure.GetProperty("triggers")[0].GetProperty("expression").GetString());
        Assert.Equal(1, failure.GetProperty("steps").GetProperty("step").GetProperty("retries").GetProperty("attempts").GetInt32());

        var answer = await app.CallAsync(new Call
        {
            Function = "shop-function-failure",
            Events = ["""{"data":{"error":{"message":"no paper","name":"E"},"event":{"data":{},"name":"shop/started"},"function_id":"shop-function","run_id":"r1"},"name":"inngest/function.failed"}"""],
        });
        Assert.Contains("shop-function r1 no paper shop/started", answer.Body, StringComparison.Ordinal);
    }

    private static IFunction Make(FunctionOptions options) => new TestApp().Client.CreateFunction(options, (RunContext<Started> _, Step step) => Task.FromResult(1));

    private static void AssertRefused(string sentence, Func<object> make) => Assert.Contains(sentence, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);

    private static async Task<JsonElement> RegisteredAsync(FunctionOptions options)
    {
        var app = new TestApp();
        app.Client.CreateFunction(options, (RunContext<Started> _, Step step) => Task.FromResult(1));
        return Assert.Single(await RegisteredAsync(app));
    }

    private static async Task<IReadOnlyList<JsonElement>> RegisteredAsync(TestApp app)
    {
        var answer = await app.HandleAsync(new Request("PUT", Encoding.UTF8.GetBytes("""{"url":"http://shop.example/api/stepwell"}""")) { Headers = { ["x-inngest-sync-kind"] = "in_band" } });
        return [.. JsonElement.Parse(answer.Body).GetProperty("functions").EnumerateArray()];
    }
}
