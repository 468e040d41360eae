namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>For xunit: one executor in development mode, with its state in memory, for all tests of a class.</summary>
public sealed class EmbeddedExecutor : IAsyncLifetime
{
    private ExecutorServer? _server;

    public ExecutorServer Server => _server!;

    public async Task InitializeAsync() => _server = await ExecutorServer.StartAsync("--dev", "--retry-interval", "1");

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
