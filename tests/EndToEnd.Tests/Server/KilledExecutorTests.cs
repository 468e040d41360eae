using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>The executor is killed on real storage while runs stand at different places. Nothing is lost, and what was completed is not done again.</summary>
public sealed class KilledExecutorTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private static readonly string[] s_functions = ["first", "later", "sleep", "parallel", "retry"];

    [Theory]
    [InlineData]
    [InlineData(ExecutorServer.AsFunctions)]
    public async Task Runs_go_on_after_a_kill_wherever_they_stood_and_no_completed_step_runs_again(params string[] kind)
    {
        var log = new WorkLog();
        var functions = new DurableFunctions(log);
        await using var executor = await ExecutorServer.StartAsync(
            [.. kind, "--dev", "--retry-interval", "1", .. ExecutorServer.NewStorageOn(azurite)]);
        await using var app = await HostedApp.StartAsync(functions.Create(executor.Url), FreePort.Take());
        await executor.WaitForFunctionAsync("durable-first");
        var events = await DurableFunctions.SendAsync(executor, s_functions);
        await log.WaitForAsync("first one begins");
        await log.WaitForAsync("later three begins");
        await log.WaitForAsync("parallel two begins");
        await executor.WaitForAsync(events[1], run => run.CompletedSteps.Count == 2);
        await executor.WaitForAsync(events[2], run => run.Steps.Any(step => step.GetProperty("status").GetString() == "Sleeping"));
        await executor.WaitForAsync(events[3], run => run.CompletedSteps.Count == 2);
        await executor.WaitForAsync(events[4], run => run.Steps.Any(step => step.GetProperty("status").GetString() == "Retrying"));

        await executor.KillAsync();
        await log.WaitForAsync("first one broken off");
        await log.WaitForAsync("later three broken off");
        await log.WaitForAsync("parallel two broken off");
        functions.OpenGate();
        await executor.StartAgainAsync();

        foreach (var eventId in events)
            Assert.Equal("Completed", (await executor.WaitForEndAsync(eventId)).Status);

        string[] done =
        [
            "first one", "first two", "later one", "later two", "later three", "later four", "sleep one", "sleep two",
            "parallel one", "parallel two", "parallel three", "parallel four", "retry one", "retry three",
        ];
        Assert.All(done, line => Assert.True(log.Count(line) == 1, $"'{line}' was done {log.Count(line)} times: {log}"));
        Assert.Equal(2, log.Count("retry two begins"));
    }
}
