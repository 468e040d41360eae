using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Functions;

/// <summary>Settings without a meaning are refused where they are written, with the value.</summary>
public class FunctionOptionsTests
{
    private readonly StepwellClient _client = new TestApp().Client;

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_id_is_refused(string id) =>
        Assert.Contains("id", Assert.Throws<ArgumentException>(() => new FunctionOptions(id)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_id_that_is_too_long_is_refused()
    {
        var id = new string('x', 251);

        var exception = Assert.Throws<ArgumentException>(() => Create(new FunctionOptions(id)));

        Assert.Contains(id, exception.Message, StringComparison.Ordinal);
        Assert.Contains("255", exception.Message, StringComparison.Ordinal);
        Create(new FunctionOptions(id[1..]));
    }

    [Fact]
    public void An_id_may_be_used_once()
    {
        Create(new FunctionOptions("invite"));

        var exception = Assert.Throws<ArgumentException>(() => Create(new FunctionOptions("invite")));

        Assert.Contains("'shop' has two functions with the id 'invite'", exception.Message, StringComparison.Ordinal);
        Assert.Single(_client.AllFunctions);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(21)]
    public void Retries_out_of_range_are_refused(int retries)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new FunctionOptions("f") { Retries = retries });

        Assert.Contains("Retries", exception.Message, StringComparison.Ordinal);
        Assert.Equal(retries, exception.ActualValue);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void Retries_at_the_bounds_are_taken(int retries) => Assert.Equal(retries, new FunctionOptions("f") { Retries = retries }.Retries);

    [Fact]
    public void Without_a_word_a_function_is_retried_four_times() => Assert.Equal(4, new FunctionOptions("f").Retries);

    [Fact]
    public void A_function_whose_event_type_has_no_name_needs_a_trigger()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            _client.CreateFunction(new FunctionOptions("f"), (RunContext<string> _, Step _) => Task.FromResult(1)));

        Assert.Contains("System.String has no [Event(\"name\")] attribute", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_triggers_the_event_of_the_type_starts_it() =>
        Assert.Equal([new Trigger("shop/started")], Create(new FunctionOptions("f")).Options.Triggers);

    [Fact]
    public void Triggers_may_carry_a_condition()
    {
        var options = new FunctionOptions("f") { Triggers = [Trigger.On<Started>("event.data.Number > 1"), Trigger.On("shop/other")] };

        Assert.Equal([new Trigger("shop/started", "event.data.Number > 1"), new Trigger("shop/other")], Create(options).Options.Triggers);
    }

    [Fact]
    public void More_than_ten_triggers_are_refused()
    {
        Trigger[] eleven = [.. Enumerable.Range(0, 11).Select(i => Trigger.On($"e{i}"))];

        Assert.Contains("at most 10 triggers, not 11", Assert.Throws<ArgumentException>(() => new FunctionOptions("f") { Triggers = eleven }).Message, StringComparison.Ordinal);
        Assert.Equal(10, new FunctionOptions("f") { Triggers = eleven[1..] }.Triggers.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public void A_trigger_whose_event_has_no_usable_name_is_refused(int length)
    {
        var exception = Assert.Throws<ArgumentException>(() => new FunctionOptions("f") { Triggers = [Trigger.On(new string('x', length))] });

        Assert.Contains($"has {length} characters", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_name_is_refused() =>
        Assert.Contains("' '", Assert.Throws<ArgumentException>(() => new FunctionOptions("f") { Name = " " }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_concurrency_limit_below_one_and_a_third_one_are_refused()
    {
        Assert.Contains("It must be 1 to 3000.", Assert.Throws<ArgumentOutOfRangeException>(() => new FunctionOptions("f") { Concurrency = [new(0)] }).Message, StringComparison.Ordinal);
        Assert.Contains("It must be 1 to 3000.", Assert.Throws<ArgumentOutOfRangeException>(() => new FunctionOptions("f") { Concurrency = [new(3_001)] }).Message, StringComparison.Ordinal);
        Assert.Contains("not 3", Assert.Throws<ArgumentException>(() => new FunctionOptions("f") { Concurrency = [new(1), new(2), new(3)] }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_app_needs_an_id(string id) =>
        Assert.Contains("appId", Assert.ThrowsAny<ArgumentException>(() => new StepwellClient(id, new StepwellOptions { IsDev = true })).Message, StringComparison.Ordinal);

    [Fact]
    public void An_app_id_over_255_characters_is_refused() =>
        Assert.Contains("has 256 characters", Assert.Throws<ArgumentException>(() => new StepwellClient(new string('a', 256))).Message, StringComparison.Ordinal);

    private IFunction Create(FunctionOptions options) => _client.CreateFunction(options, (RunContext<Started> _, Step _) => Task.CompletedTask);
}
