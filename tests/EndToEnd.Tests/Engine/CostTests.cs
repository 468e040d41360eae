using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;
using Xunit.Abstractions;

namespace Stepwell.EndToEnd.Tests.Engine;

/// <summary>What runs cost in requests to storage: each is billed, and each takes its time.</summary>
public sealed class CostTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    /// <summary>
    /// Besides its ten steps, a run is an event, a look for who waits for it, its row in the live index, its creation, a writing of the message that names what started
    /// here, and its end. A process that comes to rest takes its message away, and the last runs out of four partitions of the live index.
    /// </summary>
    [Theory]
    [InlineData(true, true, 16)]
    [InlineData(true, false, 16)]
    [InlineData(false, true, 19)]
    [InlineData(false, false, 19)]
    public async Task A_step_costs_one_transaction_and_a_run_of_ten_steps_six_more(bool worksHere, bool checkpoints, int aRun)
    {
        const int Runs = 20;
        const int AtRest = 5;
        int total;
        // The clock stands still: what is read or written now and then would cost a slow machine more.
        var world = await StartAsync(TenSteps, checkpoints: checkpoints, time: new FakeTimeProvider(DateTimeOffset.UtcNow));
        await using (world)
        {
            if (worksHere)
                world.WorkHere();

            await world.SendAsync("""{"name":"go","data":{}}""");
            await world.WorkAsync();

            world.Requests.Reset();
            var sent = new List<string>();
            for (var i = 0; i < Runs; i++)
            {
                sent.Add(await world.SendAsync("""{"name":"go","data":{}}"""));
                await world.WorkAsync();
            }

            // The last look at the queue, which finds nothing, is the test's own.
            total = world.Requests.Total - Runs;
            output.WriteLine($"{Runs} runs of ten steps: {world.Requests}, of which {Runs} QueueGet are the test's");
            foreach (var one in sent)
                Assert.Equal(10, (await world.RunOfAsync(one)).GetProperty("output").GetInt32());

            world.Requests.Reset();
        }

        total += world.Requests.Total;
        output.WriteLine($"At rest: {world.Requests}");
        Assert.InRange(total, Runs * aRun, Runs * aRun + AtRest);
    }

    [Fact]
    public async Task A_fan_out_of_a_hundred_steps_costs_at_most_thirty_transactions()
    {
        await using var world = await StartAsync(client => client.CreateFunction(new FunctionOptions("fan"), async (RunContext<Go> run, Step step) =>
            (await Task.WhenAll(Enumerable.Range(0, 100).Select(i => step.RunAsync($"part-{i}", () => i)))).Sum()));

        var (total, run, requests) = await CountAsync(world, worksHere: true);

        Assert.Equal(4_950, run.GetProperty("output").GetInt32());
        output.WriteLine($"A hundred steps side by side: {total} transactions: {requests}");
        Assert.True(total <= 30, $"{total} transactions: {requests}");
    }

    [Theory]
    [InlineData(true, 2.2)]
    [InlineData(false, 2.2)]
    public async Task Of_two_hundred_runs_at_once_a_step_costs_about_two_transactions(bool checkpoints, double most)
    {
        const int Runs = 200;
        const int Steps = 5;
        await using var world = await StartAsync(
            client => client.CreateFunction(new FunctionOptions("five"), async (RunContext<Go> run, Step step) =>
            {
                for (var i = 0; i < Steps; i++)
                    await step.RunAsync("step", () => 1);
            }),
            checkpoints: checkpoints);
        world.WorkHere();
        await world.SendAsync("""{"name":"go","data":{}}""");
        await world.WorkAsync();

        world.Requests.Reset();
        await world.SendAsync($"[{string.Join(',', Enumerable.Repeat("""{"name":"go","data":{}}""", Runs))}]");
        await world.WorkAsync();

        var perStep = (world.Requests.Total - 1) / (double)(Runs * Steps);
        output.WriteLine($"{Runs} runs of {Steps} steps: {perStep:0.00} transactions a step: {world.Requests}");
        Assert.True(perStep <= most, $"{perStep} transactions a step: {world.Requests}");
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

    /// <summary>What one run takes from the event on, once tables, queues and apps are known: that is paid once, not by every run.</summary>
    private static async Task<(int Total, JsonElement Run, string Requests)> CountAsync(EngineWorld world, bool worksHere)
    {
        if (worksHere)
            world.WorkHere();

        await world.SendAsync("""{"name":"go","data":{}}""");
        await world.WorkAsync();

        world.Requests.Reset();
        var eventId = await world.SendAsync("""{"name":"go","data":{}}""");
        await world.WorkAsync();
        var requests = world.Requests.ToString();
        // The last look at the queue, which finds nothing, is the test's own.
        var total = world.Requests.Total - 1;

        var run = await world.RunOfAsync(eventId);
        Assert.Equal("Completed", run.GetProperty("status").GetString());
        return (total, run, $"{requests}, of which one QueueGet is the test's");
    }

    private static void TenSteps(StepwellClient client) => client.CreateFunction(new FunctionOptions("ten"), async (RunContext<Go> run, Step step) =>
    {
        var sum = 0;
        for (var i = 0; i < 10; i++)
            sum += await step.RunAsync("add", () => 1);

        return sum;
    });

    private Task<EngineWorld> StartAsync(Action<StepwellClient> addFunction, AzuriteProcess? storage = null, bool checkpoints = true, TimeProvider? time = null) => EngineWorld.StartAsync(
        storage?.ConnectionString ?? azurite.ConnectionString,
        executor =>
        {
            var client = new StepwellClient("costs", CostJson.Default, new StepwellOptions { IsDev = true, BaseUrl = executor, Checkpointing = checkpoints });
            addFunction(client);
            return client;
        },
        time: time);
}

[Event("go")]
public sealed record Go;

[JsonSerializable(typeof(Go))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
public sealed partial class CostJson : JsonSerializerContext;
