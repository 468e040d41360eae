using System.Net;
using Azure.Storage.Queues;
using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Functions;

/// <summary>What happens to the queue of the executor as a function app, by mistake or by accident.</summary>
public sealed class BrokenQueueTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly string _prefix = AzuriteFixture.NewPrefix();
    private readonly WorkLog _log = new();
    private ExecutorServer? _executor;
    private HostedApp? _app;

    private ExecutorServer Executor => _executor!;

    public async Task InitializeAsync()
    {
        _executor = await ExecutorServer.StartAsync(
            ExecutorServer.AsFunctions, "--dev", "--retry-interval", "1", "--storage", azurite.ConnectionString, "--storage-prefix", _prefix);
        var client = new StepwellClient("queue", new StepwellOptions { IsDev = true, BaseUrl = Executor.Url });
        client.CreateFunction(new FunctionOptions("nap") { Triggers = [Trigger.On("queue/nap")] }, async (RunContext<Nap> run, Step step) =>
        {
            await step.SleepAsync("nap", TimeSpan.FromSeconds(run.Event.Data.Seconds));
            await step.RunAsync("wake", () => _log.Add($"{run.RunId} is awake"));
        });
        _app = await HostedApp.StartAsync(client, FreePort.Take());
        await Executor.WaitForFunctionAsync("queue-nap");
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        await Executor.DisposeAsync();
    }

    [Theory]
    [InlineData("no message at all", "not a work message in JSON")]
    [InlineData("""{"v":0,"id":"m0","run":"01ARZ3NDEKTSV4RRFFQ69G5FAV","items":["step"]}""", "its version is 0")]
    [InlineData("""{"v":1,"id":"m0","run":"01ARZ3NDEKTSV4RRFFQ69G5FAV","items":["step"]}""", "01ARZ3NDEKTSV4RRFFQ69G5FAV, which does not exist")]
    public async Task A_message_of_no_use_is_taken_away_its_reason_logged_and_others_go_on(string body, string reason)
    {
        await SendAsync("runs-00", body);

        Assert.Equal("Completed", (await Executor.WaitForEndAsync(await NapAsync(1))).Status);
        await Eventually.BecomesTrueAsync(
            () => Task.FromResult(Executor.Output.Contains(reason, StringComparison.Ordinal)), () => $"'{reason}' is not logged:\n{Executor.Output}");
        await Eventually.BecomesTrueAsync(
            async () => (await Queue("runs-00").PeekMessagesAsync(32)).Value.Length == 0, () => "The message is still there.");
    }

    [Fact]
    public async Task A_message_in_the_poison_queue_fails_its_run_with_the_reason()
    {
        var nap = await NapAsync(3_600);
        var run = await Executor.WaitForAsync(nap, one => one.Steps.Count > 0);

        await SendAsync("runs-00-poison", $$"""{"v":1,"id":"m1","run":"{{run.Id}}","items":["step"]}""");

        var failed = await Executor.WaitForEndAsync(nap);
        Assert.Equal("Failed", failed.Status);
        var (status, text) = await Executor.GetAsync($"v1/runs/{run.Id}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("The queue has given up message", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_is_deleted_loses_no_run()
    {
        var naps = new List<string>();
        for (var n = 0; n < 5; n++)
            naps.Add(await NapAsync(20));

        foreach (var nap in naps)
            await Executor.WaitForAsync(nap, run => run.Steps.Count > 0);

        var deleted = DateTimeOffset.UtcNow;
        await Queue("runs-00").DeleteAsync();

        var ended = await Task.WhenAll(naps.Select(nap => EndedAsync(nap, deleted + TimeSpan.FromMinutes(4))));
        Assert.All(ended, run => Assert.Equal("Completed", run.Status));
        // Each was to wake 20 seconds later at most; the sweep brings it back within two minutes of that.
        Assert.All(ended, run => Assert.InRange(run.EndedAt, deleted, deleted + TimeSpan.FromSeconds(20) + TimeSpan.FromMinutes(2)));
        Assert.All(ended, run => Assert.Equal(1, _log.Count($"{run.Id} is awake")));
    }

    private async Task<Sample.SampleRun> EndedAsync(string eventId, DateTimeOffset deadline)
    {
        while (true)
        {
            try
            {
                return await Executor.WaitForEndAsync(eventId);
            }
            catch (TimeoutException) when (DateTimeOffset.UtcNow < deadline)
            {
                // The sweep may take longer than other things do.
            }
        }
    }

    private Task<string> NapAsync(int seconds) => Executor.SendAsync("queue/nap", new Nap(seconds));

    private async Task SendAsync(string queue, string body)
    {
        await Queue(queue).CreateIfNotExistsAsync();
        await Queue(queue).SendMessageAsync(body);
    }

    private QueueClient Queue(string name) => new(azurite.ConnectionString, $"{_prefix}-{name}");

    private sealed record Nap(int Seconds);
}
