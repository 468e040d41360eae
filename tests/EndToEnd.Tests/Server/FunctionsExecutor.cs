using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>For xunit: one executor in development mode, as a function app, for all tests of a class.</summary>
public sealed class FunctionsExecutor : IAsyncLifetime
{
    private ExecutorServer? _server;

    public ExecutorServer Server => _server!;

    public async Task InitializeAsync()
    {
        var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        _server = await ExecutorServer.StartAsync([ExecutorServer.AsFunctions, "--dev", "--retry-interval", "1", .. ExecutorServer.NewStorageOn(azurite)]);
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
