using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Errors;

public class StepErrorTests
{
    private static TestApp Throwing(Exception exception) => TestApp.Serving(async (_, step) =>
    {
        await step.RunAsync("charge", () => throw exception);
    });

    [Fact]
    public async Task A_step_that_throws_is_reported_to_be_tried_again()
    {
        var answer = await Throwing(new TimeoutException("too slow")).DiscoverAsync();

        Assert.Equal("StepError charge", answer.Reported);
        Assert.Equal("false", answer.NoRetry);
        Assert.Null(answer.RetryAfter);
    }

    [Fact]
    public async Task So_is_one_that_was_asked_for()
    {
        var answer = await Throwing(new TimeoutException("too slow")).CallAsync(new Call { Step = "charge", PlansOnly = true, Attempt = 3 });

        Assert.Equal("StepError charge", answer.Reported);
        Assert.Equal("false", answer.NoRetry);
    }

    [Fact]
    public async Task On_its_last_attempt_it_has_failed()
    {
        var answer = await Throwing(new TimeoutException("too slow")).CallAsync(new Call { Attempt = 2, MaxAttempts = 3 });

        Assert.Equal("StepFailed charge", answer.Reported);
        Assert.Equal("true", answer.NoRetry);
    }

    [Fact]
    public async Task A_non_retriable_exception_fails_it_at_once()
    {
        var answer = await Throwing(new NonRetriableException("card stolen")).DiscoverAsync();

        Assert.Equal("StepFailed charge", answer.Reported);
        Assert.Equal("true", answer.NoRetry);
    }

    [Fact]
    public async Task The_error_travels_as_data_with_type_message_stack_step_and_attempt()
    {
        var answer = await Throwing(new TimeoutException("too slow")).CallAsync(new Call { Attempt = 1 });

        var json = Assert.IsType<StepErrorOp>(Assert.Single(answer.Ops)).Error;
        var failure = Failure.FromJson(json);
        Assert.Equal("System.TimeoutException", failure.Name);
        Assert.Equal("too slow", failure.Message);
        Assert.Contains(nameof(Throwing), failure.Stack, StringComparison.Ordinal);
        using var document = json.Parse();
        Assert.Equal("charge", document.RootElement.GetProperty("step").GetString());
        Assert.Equal(1, document.RootElement.GetProperty("attempt").GetInt32());
        Assert.True(document.RootElement.GetProperty("__serialized").GetBoolean());
    }

    [Fact]
    public async Task A_wish_for_a_later_attempt_is_a_header_in_whole_seconds()
    {
        var answer = await Throwing(new RetryAfterException("busy", TimeSpan.FromSeconds(2.2))).DiscoverAsync();

        Assert.Equal("StepError charge", answer.Reported);
        Assert.Equal("3", answer.RetryAfter);
        Assert.Equal("false", answer.NoRetry);
    }

    [Fact]
    public async Task A_wish_for_a_time_is_a_header_with_that_time()
    {
        var at = new DateTimeOffset(2026, 12, 24, 20, 15, 0, TimeSpan.FromHours(1));

        Assert.Equal("2026-12-24T19:15:00.000Z", (await Throwing(new RetryAfterException("closed", at)).DiscoverAsync()).RetryAfter);
    }

    [Fact]
    public async Task On_the_last_attempt_a_wish_for_a_later_one_is_not_sent()
    {
        var answer = await Throwing(new RetryAfterException("busy", TimeSpan.FromSeconds(5))).CallAsync(new Call { Attempt = 4 });

        Assert.Equal("StepFailed charge", answer.Reported);
        Assert.False(answer.Headers.ContainsKey(ProtocolHeaders.RetryAfter));
    }

    [Fact]
    public async Task An_exception_before_the_first_await_of_a_body_counts_as_any_other()
    {
        var app = TestApp.Serving((_, step) => step.RunAsync("charge", Refuse));

        Assert.Equal("StepError charge", (await app.DiscoverAsync()).Reported);

        static Task Refuse(CancellationToken cancellationToken) => throw new InvalidOperationException("not even begun");
    }

    [Fact]
    public async Task A_step_inside_a_step_fails_and_is_not_tried_again()
    {
        var app = TestApp.Serving((_, step) => step.RunAsync("outer", async () =>
        {
            await Task.Yield();
            return await step.RunAsync("inner", () => 1);
        }));

        var answer = await app.DiscoverAsync();

        var failed = Assert.IsType<StepFailedOp>(Assert.Single(answer.Ops));
        Assert.Contains("'inner' was started inside the body of another step", Failure.FromJson(failed.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_does_a_sleep_or_an_event_belong_inside_a_step()
    {
        var sleeping = TestApp.Serving((_, step) => step.RunAsync("outer", () => step.SleepAsync("inner", TimeSpan.FromHours(1))));
        var sending = TestApp.Serving((_, step) => step.RunAsync("outer", () => step.SendEventAsync("inner", new Started())));

        Assert.Equal("StepFailed outer", (await sleeping.DiscoverAsync()).Reported);
        Assert.Equal("StepFailed outer", (await sending.DiscoverAsync()).Reported);
    }

    [Fact]
    public async Task A_step_after_a_step_is_none_inside_it()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            await step.RunAsync("outer", () => Task.CompletedTask);
            return await step.RunAsync("next", () => 1);
        });

        Assert.Equal("StepRun next", (await app.DiscoverAsync(Settled.With("outer", null))).Reported);
    }

    [Fact]
    public async Task The_cause_of_an_error_travels_to_the_fifth_level()
    {
        Exception exception = new InvalidDataException("level 7");
        for (var level = 6; level >= 1; level--)
            exception = new InvalidOperationException($"level {level}", exception);

        var error = Assert.IsType<StepErrorOp>(Assert.Single((await Throwing(exception).DiscoverAsync()).Ops)).Error;

        var messages = new List<string>();
        for (RawJson? next = error; next is { } one; next = Failure.FromJson(one).Cause)
            messages.Add(Failure.FromJson(one).Message);

        Assert.Equal(["level 1", "level 2", "level 3", "level 4", "level 5"], messages);
    }
}
