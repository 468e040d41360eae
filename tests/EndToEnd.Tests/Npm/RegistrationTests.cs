using System.Net;
using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>How apps of the shipped SDKs register.</summary>
public sealed class RegistrationTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [InlineData("v3")]
    [InlineData("v4")]
    public async Task An_app_that_cannot_reach_the_executor_registers_in_band(string client)
    {
        var port = FreePort.Take();
        await using var executor = await ExecutorServer.StartAsync("--dev", "--app", $"http://127.0.0.1:{port}/api/{client}");
        using var app = await NpmApp.StartAsync(new Uri($"http://127.0.0.1:{FreePort.Take()}"), port, NpmClient.Of(client));

        await executor.WaitForFunctionAsync($"{client}-sequential");

        (await ClientRun.OfAsync(executor, app, client, "sequential")).AssertCompleted("""[{"value":1},2,3]""");
    }

    [Theory]
    [ForEachClient("v3", "v4")]
    public async Task A_deployment_tells_the_app_to_register_and_a_second_time_changes_nothing(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        // The SDKs leave the deployment's id in the URLs that they register.
        var first = await world.AppOf(client).RegisterAsync(NpmClient.Of(client), "?deployId=dpl_7");
        Assert.Contains("\"modified\":true", first.Text, StringComparison.Ordinal);
        (await ClientRun.OfAsync(storage, client, "sequential")).AssertCompleted("""[{"value":1},2,3]""");
        var (status, text) = await world.AppOf(client).RegisterAsync(NpmClient.Of(client), "?deployId=dpl_7");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"modified\":false", text, StringComparison.Ordinal);
        Assert.Contains($"{client}-gives-up-failure", (await world.Executor.FunctionsAsync()).Keys);
    }

    [Theory]
    [InlineData("v3")]
    [InlineData("v4")]
    public async Task An_app_that_was_asked_by_a_server_of_another_kind_is_refused(string client)
    {
        var world = await ClientWorld.OfAsync(Storage.Embedded);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, world.AppOf(client).Serve(NpmClient.Of(client)));
        request.Headers.Add("x-inngest-server-kind", "cloud");

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Expected server kind cloud, got dev", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
