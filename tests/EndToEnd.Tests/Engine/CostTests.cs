using System.Text.Json.Serialization;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;
using Xunit.Abstractions;

namespace Stepwell.EndToEnd.Tests.Engine;

/// <summary>What runs cost in requests to storage; each is billed, and each takes its time.</summary>
public sealed class CostTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task A_run_of_ten_steps_is_one_message_and_at_most_twenty_transactions()
    {
        await using var world = await StartAsync(client => client.CreateFunction(new FunctionOptions("ten"), async (RunContext<Go> run, Step step) =>
        {
            var sum = 0;
            for (var i = 0; i < 10; i++)
                sum += await step.RunAsync("add", () => 1);

            return sum;
        }));
        // The first run finds tables, queue and apps missing in memory or in storage; that is paid once, not by every run.
        await world.SendAsync("""{"name":"go","data":{}}""");
        await world.WorkAsync();

        world.Requests.Reset();
        var eventId = await world.SendAsync("""{"name":"go","data":{}}""");
        var delivered = await world.WorkAsync();
        var requests = world.Requests.ToString();
        // The last look at the queue, which finds nothing, is the test's own.
        var total = world.Requests.Total - 1;

        var finished = await world.RunOfAsync(eventId);
        Assert.Equal("Completed", finished.GetProperty("status").GetString());
        Assert.Equal(10, finished.GetProperty("output").GetInt32());
        Assert.Equal(1, delivered);
        Assert.Equal(1, world.Requests[RequestKind.QueuePut]);
        output.WriteLine($"Ten steps: {total} transactions: {requests}, of which one QueueGet is the test's.");
        Assert.True(total <= 20, $"{total} transactions: {requests}");
    }

    [Fact]
    public async Task A_fan_out_of_a_hundred_steps_ends_with_at_most_forty_commits()
    {
        var ran = 0;
        await using var world = await StartAsync(client => client.CreateFunction(new FunctionOptions("fan"), async (RunContext<Go> run, Step step) =>
        {
            var parts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => step.RunAsync($"part-{i}", () => Interlocked.Increment(ref ran) > 0 ? i : -1)));
            return parts.Sum();
        }));

        var eventId = await world.SendAsync("""{"name":"go","data":{}}""");
        await world.WorkAsync();

        var finished = await world.RunOfAsync(eventId);
        Assert.Equal("Completed", finished.GetProperty("status").GetString());
        Assert.Equal(4_950, finished.GetProperty("output").GetInt32());
        Assert.Equal(100, ran);
        output.WriteLine($"A hundred steps: {world.Commits.Count} commits, {world.Requests.Total} transactions: {world.Requests}");
        Assert.InRange(world.Commits.Count, 3, 40);
    }

    [Fact]
    public async Task The_count_is_that_of_the_requests_which_leave_the_process()
    {
        await using var own = await AzuriteProcess.StartAsync();
        using var sent = new SentRequests(own.ConnectionString);
        await using var world = await StartAsync(
            client => client.CreateFunction(new FunctionOptions("large"), async (RunContext<Go> run, Step step) =>
            {
                // Too large for a row, and too random to be compressed.
                var text = await step.RunAsync("text", () => Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(200_000)));
                await step.SleepAsync("pause", TimeSpan.FromMilliseconds(1));
                return text.Length;
            }),
            own);

        var eventId = await world.SendAsync("""{"name":"go","data":{}}""");
        await world.WorkAsync();

        Assert.Equal("Completed", (await world.RunOfAsync(eventId)).GetProperty("status").GetString());
        Assert.NotEqual(0, world.Requests[RequestKind.BlobWrite]);
        Assert.Equal(sent.Count, world.Requests.Total);
    }

    private Task<EngineWorld> StartAsync(Action<StepwellClient> addFunction, AzuriteProcess? storage = null) => EngineWorld.StartAsync(
        storage?.ConnectionString ?? azurite.ConnectionString,
        executor =>
        {
            var client = new StepwellClient("costs", CostJson.Default, new StepwellOptions { IsDev = true, BaseUrl = executor });
            addFunction(client);
            return client;
        });
}

[Event("go")]
public sealed record Go;

[JsonSerializable(typeof(Go))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
public sealed partial class CostJson : JsonSerializerContext;
