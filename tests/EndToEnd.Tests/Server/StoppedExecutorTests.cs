using Azure.Storage.Queues;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>The executor is asked to stop: calls under way finish or are given back.</summary>
public sealed class StoppedExecutorTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private readonly WorkLog _log = new();
    private readonly string _prefix = AzuriteFixture.NewPrefix();

    [Fact]
    public async Task A_call_under_way_finishes_and_its_run_goes_on_at_once_after_the_restart()
    {
        await using var executor = await StartAsync();
        await using var app = await HostedApp.StartAsync(new DurableFunctions(_log).Create(executor.Url), FreePort.Take());
        await executor.WaitForFunctionAsync("durable-slow");
        var eventId = (await DurableFunctions.SendAsync(executor, "slow"))[0];
        await _log.WaitForAsync("slow one begins");

        var exitCode = await executor.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(1, _log.Count("slow one"));
        Assert.Equal(0, _log.Count("slow two"));
        Assert.Equal(1, await VisibleMessagesAsync());

        await StartAgainAndSleepAsync(executor);
        Assert.Equal("Completed", (await executor.WaitForAsync(eventId, _ => true)).Status);
        Assert.Equal(1, _log.Count("slow one begins"));
        Assert.Equal(1, _log.Count("slow two"));
    }

    [Fact]
    public async Task A_call_that_does_not_end_is_broken_off_and_given_back()
    {
        var functions = new DurableFunctions(_log);
        await using var executor = await StartAsync();
        await using var app = await HostedApp.StartAsync(functions.Create(executor.Url), FreePort.Take());
        await executor.WaitForFunctionAsync("durable-later");
        var eventId = (await DurableFunctions.SendAsync(executor, "later"))[0];
        await _log.WaitForAsync("later three begins");

        var exitCode = await executor.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(0, _log.Count("later three"));
        Assert.Equal(1, await VisibleMessagesAsync());

        functions.OpenGate();
        await StartAgainAndSleepAsync(executor);
        var run = await executor.WaitForAsync(eventId, _ => true);
        Assert.Equal("Completed", run.Status);
        Assert.Equal(2, _log.Count("later three begins"));
        Assert.All(["later one", "later two", "later three", "later four"], line => Assert.Equal(1, _log.Count(line)));
        Assert.All(run.Steps, step => Assert.Equal(1, step.GetProperty("attempts").GetArrayLength()));
    }

    /// <summary>Lets a run of five seconds pass: shorter than the lease and the claim that would hold up what was not given back.</summary>
    private static async Task StartAgainAndSleepAsync(ExecutorServer executor)
    {
        await executor.StartAgainAsync();
        await executor.WaitForEndAsync((await DurableFunctions.SendAsync(executor, "sleep"))[0]);
    }

    private Task<ExecutorServer> StartAsync() => ExecutorServer.StartAsync(
        "--dev", "--retry-interval", "1", "--storage", azurite.ConnectionString, "--storage-prefix", _prefix);

    /// <summary>The messages that whoever comes next receives at once: peeking does not see those that are leased.</summary>
    private async Task<int> VisibleMessagesAsync()
    {
        var queue = new QueueClient(azurite.ConnectionString, $"{_prefix}-runs-00");
        return (await queue.PeekMessagesAsync(32)).Value.Length;
    }
}
