using Stepwell.Protocol;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Errors;

public class FunctionErrorTests
{
    private static TestApp Throwing(Exception exception) => TestApp.Serving(async (_, _) =>
    {
        await Task.Yield();
        throw exception;
    });

    [Fact]
    public async Task A_function_that_throws_is_tried_again()
    {
        var answer = await Throwing(new InvalidDataException("odd")).DiscoverAsync();

        Assert.Equal(500, answer.Status);
        Assert.Equal("false", answer.NoRetry);
        Assert.Equal("System.IO.InvalidDataException", answer.Failure.Name);
        Assert.Equal("odd", answer.Failure.Message);
        Assert.Contains(nameof(FunctionErrorTests), answer.Failure.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_its_last_attempt_it_has_failed()
    {
        var answer = await Throwing(new InvalidDataException("odd")).CallAsync(new Call { Attempt = 4 });

        Assert.Equal(400, answer.Status);
        Assert.Equal("true", answer.NoRetry);
    }

    [Fact]
    public async Task A_non_retriable_exception_fails_it_at_once()
    {
        var answer = await Throwing(new NonRetriableException("not paid in time")).DiscoverAsync();

        Assert.Equal(400, answer.Status);
        Assert.Equal("true", answer.NoRetry);
        Assert.Equal("Stepwell.Sdk.NonRetriableException", answer.Failure.Name);
    }

    [Fact]
    public async Task A_wish_for_a_later_attempt_is_a_header()
    {
        var inSeconds = await Throwing(new RetryAfterException("busy", TimeSpan.FromMinutes(2))).DiscoverAsync();
        var atTime = await Throwing(new RetryAfterException("closed", new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero))).DiscoverAsync();

        Assert.Equal((500, "false", "120"), (inSeconds.Status, inSeconds.NoRetry, inSeconds.RetryAfter));
        Assert.Equal((500, "false", "2026-12-01T00:00:00.000Z"), (atTime.Status, atTime.NoRetry, atTime.RetryAfter));
    }

    [Fact]
    public async Task On_the_last_attempt_a_wish_for_a_later_one_is_not_sent()
    {
        var answer = await Throwing(new RetryAfterException("busy", TimeSpan.FromMinutes(2))).CallAsync(new Call { Attempt = 4 });

        Assert.Equal(400, answer.Status);
        Assert.False(answer.Headers.ContainsKey(ProtocolHeaders.RetryAfter));
    }

    [Fact]
    public void A_wish_for_an_attempt_in_the_past_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryAfterException("busy", TimeSpan.FromSeconds(-1)));

    [Fact]
    public async Task The_settled_steps_of_a_failed_attempt_are_not_run_again_in_the_next()
    {
        var runs = 0;
        var attempts = new List<int>();
        var app = TestApp.Serving(async (run, step) =>
        {
            var number = await step.RunAsync("first", () => ++runs);
            attempts.Add(run.Attempt);
            return attempts.Count < 3 ? throw new InvalidOperationException("not yet") : number;
        });

        Assert.Equal("1", (await new TestRun(app).FinishAsync()).Result());
        Assert.Equal([0, 1, 2], attempts);
    }

    [Fact]
    public async Task A_step_that_nobody_awaits_is_an_error()
    {
        var app = TestApp.Serving(async (run, step) =>
        {
            await step.RunAsync("first", () => 1);
            _ = step.RunAsync("forgotten", () => 2);
        });

        var answer = await app.DiscoverAsync(Settled.With("first", 1));

        Assert.Equal(400, answer.Status);
        Assert.Contains("without awaiting step 'forgotten'", answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_nobody_awaits_is_none_when_the_executor_knows_it_from_a_call_before()
    {
        var app = TestApp.Serving(async (run, step) =>
        {
            _ = step.RunAsync("beside", () => 2);
            await step.RunAsync("first", () => 1);
        });

        Assert.Equal("StepPlanned beside, StepPlanned first", (await app.DiscoverAsync()).Reported);
        Assert.Equal("null", (await app.DiscoverAsync(Settled.With("first", 1))).Result());
    }

    [Fact]
    public async Task An_error_of_an_async_void_method_fails_the_call_and_not_the_process()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            Forget();
            await step.RunAsync("first", () => 1);
        });

        var answer = await app.DiscoverAsync();

        Assert.Equal(500, answer.Status);
        Assert.Equal("forgotten", answer.Failure.Message);

        static async void Forget()
        {
            await Task.Yield();
            throw new InvalidOperationException("forgotten");
        }
    }

    [Fact]
    public async Task A_step_without_an_id_is_an_error_that_says_so()
    {
        var answer = await TestApp.Serving((_, step) => step.RunAsync("", () => 1)).DiscoverAsync();

        Assert.Equal(500, answer.Status);
        Assert.Equal("System.ArgumentException", answer.Failure.Name);
        Assert.Contains("'id'", answer.Failure.Message, StringComparison.Ordinal);
    }
}
