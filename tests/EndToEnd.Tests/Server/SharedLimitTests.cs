using System.Diagnostics;
using System.Text.Json;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;
using Xunit.Abstractions;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>Limits hold across executors that know of each other only by what is in storage.</summary>
public sealed class SharedLimitTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private const int Runs = 100;
    private const int Limit = 2;

    private static readonly TimeSpan s_work = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Three_executors_together_keep_a_concurrency_limit()
    {
        var counting = new Lock();
        var (now, peak, done) = (0, 0, 0);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] arguments = ["--dev", "--storage", azurite.ConnectionString, "--storage-prefix", AzuriteFixture.NewPrefix()];
        var executors = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ExecutorServer.StartAsync(arguments)));
        var client = new StepwellClient("limits", new StepwellOptions { IsDev = true, BaseUrl = executors[0].Url });
        client.CreateFunction(new FunctionOptions("two") { Triggers = [Trigger.On("limits/two")], Concurrency = [new(Limit)] }, async (RunContext<Nothing> run, Step step) =>
        {
            lock (counting)
                peak = Math.Max(peak, ++now);

            await Task.Delay(s_work);
            lock (counting)
            {
                now--;
                if (++done == Runs)
                    all.SetResult();
            }
        });
        await using var app = await HostedApp.StartAsync(client, FreePort.Take());
        foreach (var executor in executors)
            await executor.WaitForFunctionAsync("limits-two");

        var began = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < Runs; sent += 50)
            await client.SendManyAsync(Enumerable.Range(0, 50).Select(_ => new Event("limits/two", JsonElement.Parse("{}"))));

        await all.Task.WaitAsync(TimeSpan.FromMinutes(5));
        var took = Stopwatch.GetElapsedTime(began);
        var used = s_work * Runs / Limit / took;
        output.WriteLine($"{Runs} runs in {took.TotalSeconds:F1} s: {used:P0} of what {Limit} slots allow, at most {peak} at a time");

        Assert.InRange(peak, 1, Limit);
        foreach (var executor in executors)
            await executor.DisposeAsync();
    }
}
