using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Steps;

/// <summary>A body may be synchronous or not, with or without a result, with or without a token; the compiler finds the overload that is meant.</summary>
public class RunOverloadTests
{
    [Fact]
    public async Task A_lambda_with_a_result() => await RequireAsync("1", (_, step) => step.RunAsync("s", () => 1));

    [Fact]
    public async Task A_lambda_with_a_token_and_a_result() => await RequireAsync("1", (_, step) => step.RunAsync("s", ct => ct.CanBeCanceled ? 2 : 1));

    [Fact]
    public async Task An_async_lambda_with_a_result()
    {
        // Bound to Func<T>, its result would be a task.
        await RequireAsync("1", async (_, step) =>
        {
            var result = await step.RunAsync("s", async () =>
            {
                await Task.Yield();
                return 1;
            });
            int number = result;
            return number;
        });
    }

    [Fact]
    public async Task An_async_lambda_with_a_token_and_a_result() => await RequireAsync("1", async (_, step) =>
    {
        int number = await step.RunAsync("s", async ct =>
        {
            await Task.Run(() => { }, ct);
            return 1;
        });
        return number;
    });

    [Fact]
    public async Task A_lambda_that_gives_a_task_with_a_result() => await RequireAsync("1", async (_, step) =>
    {
        int number = await step.RunAsync("s", () => NumberAsync(default));
        return number;
    });

    [Fact]
    public async Task A_method_group_with_a_token_and_a_result() => await RequireAsync("1", async (_, step) =>
    {
        int number = await step.RunAsync("s", NumberAsync);
        return number;
    });

    [Fact]
    public async Task A_method_group_with_a_result() => await RequireAsync("2", (_, step) => step.RunAsync("s", Number));

    [Fact]
    public async Task A_lambda_without_a_result() => await RequireRunAsync((step, ran) => step.RunAsync("s", () => { ran(); }));

    [Fact]
    public async Task A_lambda_with_a_token_and_without_a_result() => await RequireRunAsync((step, ran) => step.RunAsync("s", ct =>
    {
        ct.ThrowIfCancellationRequested();
        ran();
    }));

    [Fact]
    public async Task A_call_that_returns_nothing() => await RequireRunAsync((step, ran) => step.RunAsync("s", () => ran()));

    [Fact]
    public async Task An_async_lambda_without_a_result() => await RequireRunAsync((step, ran) => step.RunAsync("s", async () =>
    {
        await Task.Yield();
        ran();
    }));

    [Fact]
    public async Task An_async_lambda_with_a_token_and_without_a_result() => await RequireRunAsync((step, ran) => step.RunAsync("s", async ct =>
    {
        await Task.Run(() => { }, ct);
        ran();
    }));

    [Fact]
    public async Task A_lambda_that_gives_a_task_without_a_result() => await RequireRunAsync((step, ran) => step.RunAsync("s", () => Task.Run(ran)));

    [Fact]
    public async Task A_method_group_with_a_token_and_without_a_result() => await RequireRunAsync((step, ran) =>
    {
        return step.RunAsync("s", WorkAsync);

        async Task WorkAsync(CancellationToken cancellationToken)
        {
            await Task.Run(() => { }, cancellationToken);
            ran();
        }
    });

    [Fact]
    public async Task An_action_as_a_value() => await RequireRunAsync((step, ran) => step.RunAsync("s", ran));

    private static int Number() => 2;

    private static async Task<int> NumberAsync(CancellationToken cancellationToken)
    {
        await Task.Run(() => { }, cancellationToken);
        return 1;
    }

    private static async Task RequireAsync(string result, Func<RunContext<Started>, Step, Task<int>> body) =>
        Assert.Equal(result, (await new TestRun(TestApp.Serving(body)).FinishAsync()).Result());

    private static async Task RequireRunAsync(Func<Step, Action, Task> body)
    {
        var runs = 0;
        var answer = await new TestRun(TestApp.Serving((_, step) => body(step, () => Interlocked.Increment(ref runs)))).FinishAsync();

        Assert.Equal("null", answer.Result());
        Assert.Equal(1, runs);
    }
}
