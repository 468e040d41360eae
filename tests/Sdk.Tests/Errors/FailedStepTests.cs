using System.Text.Json;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Errors;

/// <summary>A step that failed for good, as the function meets it.</summary>
public class FailedStepTests
{
    [Fact]
    public async Task It_can_be_caught_by_the_type_of_what_was_thrown()
    {
        var app = Charging(() => throw new HttpRequestException("502"), (_, failed) => failed.Failure.Is<HttpRequestException>());

        Assert.Equal("\"voided\"", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task It_can_be_caught_by_a_base_type_of_what_was_thrown()
    {
        var app = Charging(
            () => throw new DirectoryNotFoundException("gone"),
            (_, failed) => failed.Failure.Is<IOException>() && failed.Failure.Is<Exception>() && !failed.Failure.Is<FileNotFoundException>());

        Assert.Equal("\"voided\"", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public async Task A_filter_for_another_type_lets_it_pass_and_fail_the_run()
    {
        var app = Charging(() => throw new HttpRequestException("502"), (_, failed) => failed.Failure.Is<TimeoutException>());

        var answer = await new TestRun(app).FinishAsync();

        Assert.Equal(400, answer.Status);
        Assert.Equal("true", answer.NoRetry);
    }

    [Fact]
    public async Task It_says_which_step_failed_at_which_attempt_and_why()
    {
        StepFailedException? seen = null;
        var app = Charging(() => throw new InvalidOperationException("outer", new HttpRequestException("inner")), (_, failed) =>
        {
            seen = failed;
            return true;
        });

        await new TestRun(app) { MaxAttempts = 3 }.FinishAsync();

        Assert.Equal("charge", seen!.Step);
        Assert.Equal("Step 'charge' failed: outer", seen.Message);
        Assert.Equal("System.InvalidOperationException", seen.Failure.Name);
        Assert.Equal("outer", seen.Failure.Message);
        Assert.Equal(2, seen.Failure.Attempt);
        Assert.Equal("inner", seen.Failure.Inner!.Message);
        Assert.True(seen.Failure.Inner.Is<HttpRequestException>());
        Assert.Null(seen.Failure.Inner.Inner);
    }

    [Fact]
    public async Task An_error_of_another_language_is_read_as_far_as_it_goes()
    {
        FailureDetails? seen = null;
        var app = Charging(() => { }, (_, failed) =>
        {
            seen = failed.Failure;
            return true;
        });

        await app.DiscoverAsync(Settled.Failed("charge", """{"name":"TypeError","message":"x is undefined","cause":"a string"}"""));

        Assert.Equal("TypeError", seen!.Name);
        Assert.Equal("x is undefined", seen.Message);
        Assert.Equal("", seen.Stack);
        Assert.Equal("a string", seen.Inner!.Message);
        Assert.Null(seen.Attempt);
        Assert.False(seen.Is<InvalidOperationException>());
    }

    [Fact]
    public async Task Not_caught_it_ends_the_run_with_the_steps_own_error()
    {
        var app = TestApp.Serving((_, step) => step.RunAsync("charge", () => 1));

        var answer = await app.DiscoverAsync(Settled.Failed("charge", """{"__serialized":true,"message":"card stolen","name":"Shop.CardException","stack":"at Shop"}"""));

        Assert.Equal(400, answer.Status);
        Assert.Equal("true", answer.NoRetry);
        using var body = JsonDocument.Parse(answer.Body);
        Assert.Equal("Shop.CardException", body.RootElement.GetProperty("name").GetString());
        Assert.Equal("card stolen", body.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Caught_and_thrown_as_another_error_it_is_one_of_the_function_and_tried_again()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            try
            {
                await step.RunAsync("charge", () => { });
            }
            catch (StepFailedException exception)
            {
                throw new InvalidOperationException("not paid", exception);
            }
        });

        var answer = await app.DiscoverAsync(Settled.Failed("charge", """{"name":"Error","message":"card stolen"}"""));

        Assert.Equal(500, answer.Status);
        Assert.Equal("false", answer.NoRetry);
        Assert.Equal("not paid", answer.Failure.Message);
        Assert.Contains("card stolen", answer.Failure.Cause.ToString(), StringComparison.Ordinal);
    }

    private static TestApp Charging(Action charge, Func<Step, StepFailedException, bool> filter) => TestApp.Serving(async (_, step) =>
    {
        try
        {
            await step.RunAsync("charge", charge);
            return "charged";
        }
        catch (StepFailedException exception) when (filter(step, exception))
        {
            return await step.RunAsync("void", () => "voided");
        }
    });
}
