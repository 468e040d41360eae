using System.Text.Json;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Functions of the shipped SDKs that fail and are tried again.</summary>
public sealed class RetryTests : IClassFixture<ClientWorlds>
{
    // With checkpoints version 3 counts the attempts of one step on for the next that it runs in the same call, and gives up too early.
    [Theory]
    [ForEachClient("v3", "v4", "v4-checkpoints")]
    public async Task A_step_is_tried_again_and_the_attempts_of_the_next_begin_anew(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "flaky");

        run.AssertCompleted("[3,3]");
        Assert.Equal(["flaky", "flaky", "flaky", "next", "next", "next"], run.Work);
        Assert.Equal([0, 1, 2], run.Ledger.AttemptsOf(run.Run.Id, "flaky"));
        Assert.Equal([0, 1, 2], run.Ledger.AttemptsOf(run.Run.Id, "next"));
    }

    [Theory]
    [ForEachClient]
    public async Task A_function_that_fails_once_is_tried_again_without_its_steps(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "function-recovers");

        run.AssertCompleted("7");
        Assert.Equal(["before", "body", "body"], run.Work);
    }

    [Theory]
    [ForEachClient]
    public async Task A_function_that_fails_every_time_fails_its_run_after_its_last_attempt(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "function-fails");

        run.AssertFailed("the function itself");
        Assert.Equal(["before", "body", "body", "body"], run.Work);
        Assert.Equal([0, 1, 2], run.Ledger.AttemptsOf(run.Run.Id, "body"));
    }

    [Theory]
    [ForEachClient]
    public async Task A_step_of_a_function_without_retries_is_tried_once(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "no-retries");

        run.AssertFailed("once is enough");
        Assert.Equal(["once"], run.Work);
    }

    [Theory]
    [ForEachClient]
    public async Task A_function_without_retries_is_tried_once(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "no-retries-of-the-function");

        run.AssertFailed("once is enough");
        Assert.Equal(["body"], run.Work);
    }

    // With checkpoints version 3 does not say when.
    [Theory]
    [ForEachClient("v3", "v4", "v4-checkpoints")]
    public async Task A_step_that_says_when_is_tried_again_then_and_not_before(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "retry-after-step", new { seconds = 3 });

        run.AssertCompleted("\"done\"");
        Assert.Equal(["busy", "busy"], run.Work);
        var attempts = Assert.Single(run.Run.CompletedSteps).GetProperty("attempts");
        Assert.InRange(Time(attempts[1], "started_at") - Time(attempts[0], "ended_at"), TimeSpan.FromSeconds(2.9), TimeSpan.MaxValue);
    }

    [Theory]
    [ForEachClient]
    public async Task A_function_that_says_when_is_tried_again_then(Storage storage, string client)
    {
        var started = DateTimeOffset.UtcNow;

        var run = await ClientRun.OfAsync(storage, client, "retry-after-function", new { seconds = 3 });

        run.AssertCompleted("\"done\"");
        Assert.Equal(["body", "body"], run.Work);

        // A time as it travels is in whole seconds or milliseconds.
        Assert.InRange(DateTimeOffset.UtcNow - started, TimeSpan.FromSeconds(2), TimeSpan.MaxValue);
    }

    private static DateTimeOffset Time(JsonElement attempt, string member) => attempt.GetProperty(member).GetDateTimeOffset();
}
