using Stepwell.EndToEnd.Tests.Npm;
using Stepwell.EndToEnd.Tests.Sample;
using Stepwell.Sdk;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>Functions that disappear from a later registration, with runs under way.</summary>
public sealed class ArchiveTests
{
    [Theory]
    [InlineData(Storage.Embedded)]
    [InlineData(Storage.Azurite)]
    [InlineData(Storage.AzuriteByFunctions)]
    public async Task A_run_of_a_function_that_is_registered_no_more_fails_with_a_sentence_and_others_go_on(Storage storage)
    {
        await using var executor = await ExecutorServer.StartAsync(["--dev", "--retry-interval", "1", .. await ClientWorld.ArgumentsAsync(storage)]);
        var port = FreePort.Take();
        string gone, kept;
        await using (await HostedApp.StartAsync(Client(executor, "shop", isDone: false, "gone", "kept"), port))
        {
            await executor.WaitForFunctionAsync("shop-gone");
            gone = await executor.SendAsync("gone", new { });
            kept = await executor.SendAsync("kept", new { });
            await executor.WaitForAsync(gone, IsTriedAgain);
            await executor.WaitForAsync(kept, IsTriedAgain);
        }

        await using (await HostedApp.StartAsync(Client(executor, "shop", isDone: true, "kept"), port))
        {
            await Eventually.BecomesTrueAsync(async () => !(await executor.FunctionsAsync()).ContainsKey("shop-gone"), () => executor.Output);
            var failed = await executor.WaitForEndAsync(gone);
            Assert.Equal("Failed", failed.Status);
            Assert.Equal("StepwellFunctionArchived", failed.Output.GetProperty("name").GetString());
            Assert.StartsWith("The function 'shop-gone' is archived: app 'shop' registered without it at", failed.Output.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal("Completed", (await executor.WaitForEndAsync(kept)).Status);
        }
    }

    [Fact]
    public async Task An_app_that_comes_back_under_another_id_archives_its_former_self_and_may_take_the_id_again()
    {
        await using var executor = await ExecutorServer.StartAsync("--dev");
        var port = FreePort.Take();
        foreach (var id in (string[])["before", "after", "before"])
        {
            await using var app = await HostedApp.StartAsync(Client(executor, id, isDone: true, "kept"), port);
            await executor.WaitForFunctionAsync($"{id}-kept");

            await Eventually.BecomesTrueAsync(
                async () => (await executor.FunctionsAsync()).Keys.SequenceEqual([$"{id}-kept"]), () => $"Not only {id}-kept is registered:\n{executor.Output}");
            Assert.Equal("Completed", (await executor.WaitForEndAsync(await executor.SendAsync("kept", new { }))).Status);
        }
    }

    private static bool IsTriedAgain(SampleRun run) => run.Steps.Any(step => step.GetProperty("attempts").GetArrayLength() > 0);

    /// <param name="executor">Where the app registers.</param>
    /// <param name="id">The app's id.</param>
    /// <param name="isDone">Whether the step of a function succeeds; until then it is tried again.</param>
    /// <param name="functions">The functions, each started by the event of its name.</param>
    private static StepwellClient Client(ExecutorServer executor, string id, bool isDone, params string[] functions)
    {
        var client = new StepwellClient(id, new StepwellOptions { IsDev = true, BaseUrl = executor.Url });
        foreach (var function in functions)
        {
            client.CreateFunction(
                new FunctionOptions(function) { Triggers = [Trigger.On(function)], Retries = 20 },
                (RunContext<Nothing> run, Step step) => step.RunAsync("work", string () => isDone ? "done" : throw new RetryAfterException("not yet", TimeSpan.FromSeconds(3))));
        }

        return client;
    }
}
