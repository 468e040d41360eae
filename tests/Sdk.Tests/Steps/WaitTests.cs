using System.Text.Json.Serialization;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Steps;

/// <summary>Waits for events and signals.</summary>
public sealed class WaitTests
{
    [Fact]
    public async Task A_wait_is_reported_with_the_event_the_time_and_the_condition()
    {
        var app = TestApp.Serving((_, step) => step.WaitForEventAsync("paid", TimeSpan.FromDays(3), Match.On((Paid p) => p.OrderId, "o-\"1\"\n")));

        var wait = Assert.IsType<WaitForEventOp>(Assert.Single((await app.DiscoverAsync()).Ops));

        Assert.Equal(("shop/paid", "shop/paid", "3d", "paid"), (wait.Event, wait.Name, wait.Timeout, wait.DisplayName));
        Assert.Equal("async.data.orderId == \"o-\\\"1\\\"\\n\"", wait.If);
        Assert.False(wait.Race);
    }

    [Fact]
    public async Task The_memo_is_the_event_and_null_is_that_the_time_was_over()
    {
        var app = TestApp.Serving(async (_, step) => await step.WaitForEventAsync<Paid>("paid", TimeSpan.FromDays(3)) is { } paid
            ? $"{paid.Id} {paid.Name} {paid.Data.OrderId} {paid.Timestamp.ToUnixTimeMilliseconds()}"
            : "not paid");

        Assert.Equal("\"e1 shop/paid o-1 5\"", (await app.DiscoverAsync(new Settled("paid", """{"data":{"orderId":"o-1"},"id":"e1","name":"shop/paid","ts":5,"user":{}}"""))).Result());
        Assert.Equal("\"not paid\"", (await app.DiscoverAsync(new Settled("paid", "null"))).Result());
    }

    [Fact]
    public async Task An_event_is_waited_for_by_its_name_and_an_expression()
    {
        var app = TestApp.Serving(async (_, step) => (await step.WaitForEventAsync("paid", "shop/any", TimeSpan.FromHours(1), "async.data.n > 1"))?.Data.GetProperty("n").GetInt32());

        var wait = Assert.IsType<WaitForEventOp>(Assert.Single((await app.DiscoverAsync()).Ops));
        Assert.Equal(("shop/any", "async.data.n > 1"), (wait.Event, wait.If));
        Assert.Equal("7", (await app.DiscoverAsync(new Settled("paid", """{"data":{"n":7},"name":"shop/any"}"""))).Result());
    }

    [Fact]
    public async Task What_is_matched_is_an_expression_over_both_events()
    {
        Assert.Equal("event.data.order.id == async.data.order.id", await ConditionAsync(Match.Field<Paid>("order.id")));
        Assert.Equal("async.data.amount > 3", await ConditionAsync(Match.If<Paid>("async.data.amount > 3")));
        Assert.Equal("async.data.amount == 12.5", await ConditionAsync(Match.On((Paid p) => p.Amount, 12.5)));
        Assert.Equal("async.data.express == true", await ConditionAsync(Match.On((Paid p) => p.Express, true)));
        Assert.Equal("async.data.buyer.number == 7", await ConditionAsync(Match.On((Paid p) => p.Buyer!.Number, 7)));
        Assert.Equal("async.data[\"pay-ref\"] == null", await ConditionAsync(Match.On((Paid p) => p.Reference, null)));
        Assert.Equal("async.data.key == \"0f8fad5b-d9cb-469f-a165-70867728950e\"", await ConditionAsync(Match.On((Paid p) => p.Key, Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"))));
    }

    [Fact]
    public async Task What_cannot_be_matched_is_refused()
    {
        Assert.Contains("is no way to a field", await RefusalAsync(step => step.WaitForEventAsync("paid", TimeSpan.FromHours(1), Match.On((Paid p) => p.OrderId.Length + 1, 3))), StringComparison.Ordinal);
        Assert.Contains("it must be written as a string, a number or a bool", await RefusalAsync(step => step.WaitForEventAsync("paid", TimeSpan.FromHours(1), Match.On((Paid p) => p.Buyer, new Buyer(1)))), StringComparison.Ordinal);
        Assert.Contains("has no [Event(\"name\")] attribute", await RefusalAsync(step => step.WaitForEventAsync<Buyer>("paid", TimeSpan.FromHours(1))), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Match.If<Paid>(" "));
        Assert.Throws<ArgumentException>(() => Match.Field<Paid>(""));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(367)]
    public async Task A_time_out_of_range_is_refused_with_the_step_and_the_time(int days)
    {
        Assert.Contains($"Step 'paid' would wait for {days}.00:00:00; a wait takes 0 to 366 days.", await RefusalAsync(step => step.WaitForEventAsync<Paid>("paid", TimeSpan.FromDays(days))), StringComparison.Ordinal);
        Assert.Contains($"Step 'go' would wait for {days}.00:00:00", await RefusalAsync(step => step.WaitForSignalAsync<int>("go", "s", TimeSpan.FromDays(days))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_side_by_side_let_the_function_go_on_with_the_first()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var paid = step.WaitForEventAsync<Paid>("paid", TimeSpan.FromDays(1));
            var nap = step.SleepAsync("nap", TimeSpan.FromHours(1));
            return await Task.WhenAny(paid, nap) == nap ? "slept" : "paid";
        });

        var ops = (await app.DiscoverAsync()).Ops;
        Assert.All(ops, op => Assert.True(op.Race));
        Assert.Equal(["1d", "1h"], [((WaitForEventOp)ops[0]).Timeout, ((SleepOp)ops[1]).Until]);
        Assert.Equal("\"slept\"", (await app.DiscoverAsync(Settled.Slept("nap"))).Result());
    }

    [Theory]
    [InlineData(SignalConflict.Fail, false)]
    [InlineData(SignalConflict.Replace, true)]
    public async Task A_signal_is_waited_for_and_comes_with_its_data(SignalConflict conflict, bool replaces)
    {
        var app = TestApp.Serving(async (_, step) => await step.WaitForSignalAsync<int[]>("go", "approve-7", TimeSpan.FromHours(2), conflict) is { } signal ? $"{signal.Name} {signal.Data.Length}" : "nothing");

        var wait = Assert.IsType<WaitForSignalOp>(Assert.Single((await app.DiscoverAsync()).Ops));
        Assert.Equal(("approve-7", "2h", replaces), (wait.Signal, wait.Timeout, wait.Replace));
        Assert.Equal("\"approve-7 3\"", (await app.DiscoverAsync(new Settled("go", """{"data":{"data":[1,2,3],"signal":"approve-7"}}"""))).Result());
        Assert.Equal("\"nothing\"", (await app.DiscoverAsync(new Settled("go", "null"))).Result());
    }

    [Fact]
    public async Task A_wait_that_the_executor_refuses_can_be_caught()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            try
            {
                await step.WaitForSignalAsync<int>("go", "s", TimeSpan.FromHours(1));
                return "";
            }
            catch (StepFailedException failed)
            {
                return failed.Failure.Message;
            }
        });

        Assert.Equal("\"Signal conflict\"", (await app.DiscoverAsync(Settled.Failed("go", """{"message":"Signal conflict","name":"StepwellSignalConflict"}"""))).Result());
    }

    [Fact]
    public async Task A_source_generated_context_knows_what_it_needs()
    {
        var app = new TestApp(new StepwellClient("shop", PaidJson.Default, new StepwellOptions { IsDev = true }));
        app.Client.CreateFunction(new FunctionOptions("function") { Triggers = [Trigger.On("shop/started")] }, (RunContext<Paid> run, Step step) =>
            step.WaitForEventAsync("paid", TimeSpan.FromHours(1), Match.On((Paid p) => p.OrderId, "o-1")));

        var answer = await app.CallAsync(new Call { Events = ["""{"data":{"OrderId":"x"},"name":"shop/started"}"""] });

        Assert.Equal("async.data.OrderId == \"o-1\"", Assert.IsType<WaitForEventOp>(Assert.Single(answer.Ops)).If);
    }

    private static async Task<string?> ConditionAsync(Match<Paid> match) =>
        Assert.IsType<WaitForEventOp>(Assert.Single((await TestApp.Serving((_, step) => step.WaitForEventAsync("paid", TimeSpan.FromHours(1), match)).DiscoverAsync()).Ops)).If;

    private static async Task<string> RefusalAsync(Func<Step, Task> wait) => (await TestApp.Serving((_, step) => wait(step)).DiscoverAsync()).Failure.Message;

    [Event("shop/paid")]
    internal sealed record Paid(string OrderId, double Amount = 0, bool Express = false, Buyer? Buyer = null, [property: JsonPropertyName("pay-ref")] string? Reference = null, Guid Key = default);

    internal sealed record Buyer(int Number);
}

[JsonSerializable(typeof(WaitTests.Paid))]
internal sealed partial class PaidJson : JsonSerializerContext;
