namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Middleware of the shipped SDKs.</summary>
public sealed class MiddlewareTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient]
    public async Task Middleware_changes_what_a_function_gets_and_what_it_gives(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "middleware", new { name = "Ada" });

        // With checkpoints version 3 gives a step's own result to the function, not the middleware's.
        var step = client == NpmClient.V3Checkpoints.Id ? "step of changed Ada" : "[step of changed Ada]";
        run.AssertCompleted($"\"<added, {step}>\"");
    }
}
