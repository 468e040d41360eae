using Stepwell.Sdk;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>An app of <c>--app</c> that never registers by itself is asked to.</summary>
public sealed class AppPollingTests
{
    [Fact]
    public async Task An_app_is_asked_until_it_has_registered_and_again_when_its_functions_change()
    {
        var port = FreePort.Take();
        await using var executor = await ExecutorServer.StartAsync("--dev", "--app", $"http://127.0.0.1:{port}/api/stepwell");
        await Eventually.BecomesTrueAsync(
            () => Task.FromResult(executor.Output.Contains($"http://127.0.0.1:{port}/api/stepwell has not registered: it does not answer", StringComparison.Ordinal)),
            () => executor.Output);

        await using (await HostedApp.StartAsync(Client(executor, "old", "kept"), port, registersItself: false))
            await executor.WaitForFunctionAsync("polled-old");

        await using (await HostedApp.StartAsync(Client(executor, "kept", "new"), port, registersItself: false))
            await executor.WaitForFunctionAsync("polled-new");

        Assert.Equal(["polled-kept", "polled-new"], (await executor.FunctionsAsync()).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_address_that_is_no_app_is_told_with_what_it_answered()
    {
        await using var scripted = await ScriptedApp.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "no such page");
        });
        await using var executor = await ExecutorServer.StartAsync("--dev", "--app", scripted.Url.ToString());

        await Eventually.BecomesTrueAsync(
            () => Task.FromResult(executor.Output.Contains($"The app at {scripted.Url} has not registered: it answered 404: no such page", StringComparison.Ordinal)),
            () => executor.Output);
    }

    private static StepwellClient Client(ExecutorServer executor, params string[] functions)
    {
        var client = new StepwellClient("polled", new StepwellOptions { IsDev = true, BaseUrl = executor.Url });
        foreach (var function in functions)
            client.CreateFunction(new FunctionOptions(function) { Triggers = [Trigger.On(function)] }, (RunContext<Nothing> run, Step step) => Task.CompletedTask);

        return client;
    }
}
