using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Operations;

public sealed class UnregisteredFunctionTests
{
    [Fact]
    public async Task A_run_whose_function_is_gone_is_tried_again_and_goes_on_when_its_app_registers_again()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a");
        var run = await engine.StartAsync();
        await UnregisterAsync(engine);

        await engine.WorkAsync();

        Assert.Empty(engine.Calls.Made);
        Assert.Equal(RunStatus.Running, (await engine.RunAsync(run)).Status);
        await engine.RegisterAsync(functions: "shop-f");
        await engine.WorkToEndAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        Assert.Equal(1, engine.Calls.Made.First().Attempt);
    }

    [Fact]
    public async Task A_run_whose_function_stays_away_fails_after_its_last_attempt_with_a_sentence_that_names_it()
    {
        await using var engine = new TestEngine();
        var run = await engine.StartAsync(retries: 2);
        await UnregisterAsync(engine);

        await engine.WorkToEndAsync();

        Assert.Empty(engine.Calls.Made);
        var failed = Assert.IsType<RunOutcome.Failed>((await engine.RunAsync(run)).Outcome);
        Assert.Contains("No registered app has the function 'shop-f'", failed.Error.ToString(), StringComparison.Ordinal);
        // Two retries, half a minute apart.
        Assert.Equal(engine.Time.GetUtcNow(), failed.At);
        Assert.Equal(3, engine.Journal.Count("delete"));
        Assert.Empty(await engine.LiveAsync());
    }

    [Fact]
    public async Task A_planned_step_whose_function_stays_away_is_settled_with_that_error_so_that_the_function_may_catch_it()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Parallel(2);
        var run = await engine.StartAsync(retries: 0);
        engine.Calls.Answer = async (call, cancel) =>
        {
            if (!call.Run.Steps.IsEmpty)
                return Answers.Returned($"{call.Run.Stack.Count}");

            await UnregisterAsync(engine);
            return await Answers.Parallel(2)(call, cancel);
        };

        await engine.WorkToEndAsync();

        var ended = await engine.RunAsync(run);
        Assert.All(ended.Steps.Values, step => Assert.Contains("shop-f", Assert.IsType<StepState.Done>(step.State).Memo.Content.ToString(), StringComparison.Ordinal));
        Assert.IsType<RunOutcome.Failed>(ended.Outcome);
    }

    private static async Task UnregisterAsync(TestEngine engine)
    {
        await engine.RegisterAsync(functions: []);
        // The apps are kept in memory for ten seconds.
        engine.Time.Advance(TimeSpan.FromSeconds(11));
    }
}
