using System.Text.Json;
using System.Text.Json.Serialization;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Steps;

/// <summary>What a step returns comes back as it was.</summary>
public partial class ResultTests
{
    private const int FourMebibytes = 4 * 1024 * 1024;

    [Fact]
    public Task Null_comes_back() => RequireAsync<string?>(null, "null");

    [Fact]
    public Task An_empty_string_comes_back() => RequireAsync("", "\"\"");

    [Fact]
    public Task Any_unicode_comes_back() => RequireAsync("é 😀 \u2028 \0 \"\\ </script>");

    [Fact]
    public Task Four_mebibytes_come_back() => RequireAsync(new string('x', FourMebibytes - 2));

    [Fact]
    public Task A_record_comes_back() => RequireAsync(new Order("A-1", 12.5m, new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.FromHours(1)), ["a", "b"]));

    [Fact]
    public Task A_nullable_number_comes_back() => RequireAsync<int?>(null, "null");

    [Fact]
    public Task Nothing_is_null_on_the_wire() => RequireAsync(Nothing.Value, "null");

    [Fact]
    public async Task A_dictionary_comes_back()
    {
        var app = TestApp.Serving(async (_, step) => (await step.RunAsync("s", () => new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 }))["b"]);

        Assert.Equal("2", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task A_result_travels_in_canonical_form()
    {
        var app = TestApp.Serving((_, step) => step.RunAsync("s", () => new Dictionary<string, object> { ["b"] = 1.0, ["a"] = "é" }));

        Assert.Equal("""{"a":"é","b":1}""", Assert.IsType<StepRunOp>(Assert.Single((await app.DiscoverAsync()).Ops)).Data.ToString());
    }

    [Fact]
    public async Task Types_are_written_and_read_through_a_source_generated_context()
    {
        var app = new TestApp(new StepwellClient("shop", OrderJson.Default, new StepwellOptions { IsDev = true }));
        app.Client.CreateFunction(new FunctionOptions("function"), async (RunContext<Started> run, Step step) =>
        {
            var order = await step.RunAsync("order", () => new Order("A-1", run.Event.Data.Number, default, []));
            return order.Total + 1;
        });

        Assert.Contains("\"data\":{\"at\":\"0001-01-01T00:00:00+00:00\",\"lines\":[],\"number\":\"A-1\",\"total\":7}", (await app.DiscoverAsync()).Body, StringComparison.Ordinal);
        Assert.Equal("8", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task A_type_that_the_context_does_not_know_is_refused_before_the_step_runs()
    {
        var ran = false;
        var app = new TestApp(new StepwellClient("shop", OrderJson.Default, new StepwellOptions { IsDev = true }));
        app.Client.CreateFunction(new FunctionOptions("function"), (RunContext<Started> _, Step step) => step.RunAsync("s", () =>
        {
            ran = true;
            return new Version(1, 0);
        }));

        var answer = await app.DiscoverAsync();

        Assert.Equal(400, answer.Status);
        Assert.Contains("Add [JsonSerializable(typeof(Version))]", answer.Failure.Message, StringComparison.Ordinal);
        Assert.False(ran);
    }

    [Fact]
    public async Task A_result_that_refers_to_itself_fails_the_step_with_a_sentence_and_is_not_tried_again()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            await step.RunAsync("s", () =>
            {
                var circle = new List<object>();
                circle.Add(circle);
                return circle;
            });
        });

        var failed = Assert.IsType<StepFailedOp>(Assert.Single((await app.DiscoverAsync()).Ops));

        Assert.Contains("The result of step 's' cannot be written as JSON", Failure.FromJson(failed.Error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_number_that_json_has_no_form_for_fails_the_step_with_a_sentence(double number)
    {
        var app = TestApp.Serving((_, step) => step.RunAsync("s", () => number));

        var failed = Assert.IsType<StepFailedOp>(Assert.Single((await app.DiscoverAsync()).Ops));

        Assert.Contains("The result of step 's' cannot be written as JSON", Failure.FromJson(failed.Error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9_007_199_254_740_993)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-9_007_199_254_740_995)]
    public async Task An_integer_that_would_come_back_rounded_fails_the_step_with_a_sentence(long number)
    {
        var app = TestApp.Serving((_, step) => step.RunAsync("s", () => number));

        var failed = Assert.IsType<StepFailedOp>(Assert.Single((await app.DiscoverAsync()).Ops));

        Assert.Contains($"The result of step 's' holds the number {number}, which would arrive as another one", Failure.FromJson(failed.Error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9_007_199_254_740_992)]
    [InlineData(-9_007_199_254_740_992)]
    [InlineData(1_000_000_000_000_000_000)]
    public Task An_integer_that_a_double_holds_comes_back(long number) => RequireAsync(number);

    [Fact]
    public Task A_fraction_may_be_rounded_like_any_double() => RequireAsync(1d / 3);

    [Fact]
    public async Task So_does_a_type_that_json_cannot_hold()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            await step.RunAsync("s", () => new object[] { typeof(int) });
        });

        Assert.Equal("StepFailed s", (await app.DiscoverAsync()).Reported);
    }

    [Fact]
    public async Task A_functions_result_that_cannot_be_json_fails_the_run_with_a_sentence()
    {
        var answer = await TestApp.Serving((_, _) => Task.FromResult(double.NaN)).DiscoverAsync();

        Assert.Equal(400, answer.Status);
        Assert.Contains("The result of function 'shop-function' cannot be written as JSON", answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_memo_that_no_longer_fits_the_type_fails_the_run_with_a_sentence()
    {
        var app = TestApp.Serving((_, step) => step.RunAsync("s", () => new Order("A-1", 1, default, [])));

        var answer = await app.DiscoverAsync(Settled.With("s", "what it was last year"));

        Assert.Equal(400, answer.Status);
        Assert.Contains("The result of step 's' cannot be read as", answer.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("give the step another id", answer.Failure.Message, StringComparison.Ordinal);
    }

    private static async Task RequireAsync<T>(T value, string? json = null)
    {
        var matched = false;
        var app = TestApp.Serving(async (_, step) =>
        {
            var result = await step.RunAsync("s", () => value);
            matched = JsonSerializer.Serialize(result) == JsonSerializer.Serialize(value);
        });

        if (json is not null)
            Assert.Equal(json, Assert.IsType<StepRunOp>(Assert.Single((await app.DiscoverAsync()).Ops)).Data.ToString());

        Assert.Equal("null", (await new TestRun(app).FinishAsync()).Result());
        Assert.True(matched);
    }

    internal sealed record Order(string Number, decimal Total, DateTimeOffset At, IReadOnlyList<string> Lines);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(Started))]
    [JsonSerializable(typeof(decimal))]
    internal sealed partial class OrderJson : JsonSerializerContext;
}
