using Stepwell.Sdk;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>Three executors as processes on one storage, and an app that registers at the first of them.</summary>
internal sealed class ThreeExecutors : IAsyncDisposable
{
    private readonly ExecutorServer[] _executors;
    private readonly HostedApp _app;

    private ThreeExecutors(ExecutorServer[] executors, HostedApp app, StepwellClient client)
    {
        _executors = executors;
        _app = app;
        Client = client;
    }

    public StepwellClient Client { get; }

    public IReadOnlyList<ExecutorServer> All => _executors;

    /// <param name="azurite">Has the storage.</param>
    /// <param name="app">The app's id.</param>
    /// <param name="create">Creates its functions, of which one has the id <paramref name="function"/>.</param>
    /// <param name="function">The composite id of a function that all executors are to know.</param>
    public static async Task<ThreeExecutors> StartAsync(AzuriteFixture azurite, string app, Action<StepwellClient> create, string function)
    {
        string[] arguments = ["--dev", .. ExecutorServer.NewStorageOn(azurite)];
        var executors = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ExecutorServer.StartAsync(arguments)));
        var client = new StepwellClient(app, new StepwellOptions { IsDev = true, BaseUrl = executors[0].Url });
        create(client);
        var hosted = await HostedApp.StartAsync(client, FreePort.Take());
        foreach (var executor in executors)
            await executor.WaitForFunctionAsync(function);

        return new ThreeExecutors(executors, hosted, client);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var executor in _executors)
            await executor.DisposeAsync();

        await _app.DisposeAsync();
    }
}
