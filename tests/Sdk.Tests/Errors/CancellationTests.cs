using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Errors;

public class CancellationTests
{
    [Fact]
    public async Task When_the_call_is_broken_off_the_bodys_token_fires_and_nothing_is_answered()
    {
        using var call = new CancellationTokenSource();
        var began = new TaskCompletionSource();
        var fired = new TaskCompletionSource();
        var app = TestApp.Serving((_, step) => step.RunAsync("slow", async token =>
        {
            began.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            catch (OperationCanceledException)
            {
                fired.SetResult();
                throw;
            }
        }));

        var answer = app.CallAsync(new Call(), call.Token);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await call.CancelAsync();

        await fired.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_function_that_awaits_something_of_its_own_is_left()
    {
        using var call = new CancellationTokenSource();
        var waits = new TaskCompletionSource();
        var app = TestApp.Serving(async (_, _) =>
        {
            waits.SetResult();
            await new TaskCompletionSource().Task;
        });

        var answer = app.CallAsync(new Call(), call.Token);
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await call.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task The_runs_token_is_that_of_the_call()
    {
        using var call = new CancellationTokenSource();
        CancellationToken seen = default;
        var app = TestApp.Serving((run, _) => Task.FromResult((seen = run.CancellationToken).CanBeCanceled));

        Assert.Equal("true", (await app.CallAsync(new Call(), call.Token)).Result());
        Assert.Equal(call.Token, seen);
    }

    [Fact]
    public async Task A_cancellation_of_the_steps_own_is_an_error_of_the_step()
    {
        var app = TestApp.Serving((_, step) => step.RunAsync("slow", () =>
        {
            using var own = new CancellationTokenSource();
            own.Cancel();
            own.Token.ThrowIfCancellationRequested();
        }));

        Assert.Equal("StepError slow", (await app.DiscoverAsync()).Reported);
    }
}
