using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>For xunit: one executor on Azurite and one app for all tests of a class.</summary>
public class FlowWorld : IAsyncLifetime
{
    private readonly AzuriteFixture _azurite = new();
    private HostedApp? _app;
    private ExecutorServer? _executor;

    internal WorkLog Log { get; } = new();

    public ExecutorServer Executor => _executor!;

    /// <summary>Arguments that say what the executor runs as.</summary>
    protected virtual string[] Kind => [];

    public async Task InitializeAsync()
    {
        await _azurite.InitializeAsync();
        _executor = await ExecutorServer.StartAsync([.. Kind, "--dev", "--retry-interval", "1", .. ExecutorServer.NewStorageOn(_azurite)]);
        _app = await HostedApp.StartAsync(FlowFunctions.Create(_executor.Url, Log), FreePort.Take());
        await _executor.WaitForFunctionAsync("flow-sleeper");
    }

    public async Task DisposeAsync()
    {
        await Executor.DisposeAsync();
        await _app!.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    /// <summary>The executor as a function app.</summary>
    public sealed class Functions : FlowWorld
    {
        protected override string[] Kind => [ExecutorServer.AsFunctions];
    }
}
