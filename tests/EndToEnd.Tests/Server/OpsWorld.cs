using Stepwell.EndToEnd.Tests.Sample;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>For xunit: one executor and one app for all tests of a class.</summary>
public abstract class OpsWorld : IAsyncLifetime
{
    private HostedApp? _app;
    private ExecutorServer? _executor;

    internal WorkLog Log { get; } = new();

    private ExecutorServer Executor => _executor!;

    public async Task InitializeAsync()
    {
        _executor = await ExecutorServer.StartAsync(["--dev", "--retry-interval", "1", .. await StorageAsync()]);
        _app = await HostedApp.StartAsync(OpsFunctions.Create(_executor.Url, Log), FreePort.Take());
        await _executor.WaitForFunctionAsync("ops-sequence");
    }

    public Task<string> SendAsync(string name, object? data = null) => Executor.SendAsync($"ops/{name}", data ?? new { });

    public Uri Url => Executor.Url;

    public Task<SampleRun> WaitForStepAsync(string eventId, string step, string status) => Executor.WaitForAsync(
        eventId, run => run.Steps.Any(one => one.GetProperty("name").GetString() == step && one.GetProperty("status").GetString() == status));

    public Task<SampleRun> WaitForEndAsync(string eventId) => Executor.WaitForEndAsync(eventId);

    public async Task<SampleRun> RunAsync(string name, object? data = null) => await WaitForEndAsync(await SendAsync(name, data));

    public async Task DisposeAsync()
    {
        await Executor.DisposeAsync();
        await _app!.DisposeAsync();
    }

    /// <summary>The executor's arguments that choose its storage.</summary>
    protected abstract Task<string[]> StorageAsync();

    public sealed class Embedded : OpsWorld
    {
        protected override Task<string[]> StorageAsync() => Task.FromResult<string[]>([]);
    }

    public class Azure : OpsWorld
    {
        protected override async Task<string[]> StorageAsync()
        {
            var azurite = new AzuriteFixture();
            await azurite.InitializeAsync();
            return ExecutorServer.NewStorageOn(azurite);
        }
    }

    /// <summary>The executor as a function app.</summary>
    public sealed class Functions : Azure
    {
        protected override async Task<string[]> StorageAsync() => [ExecutorServer.AsFunctions, .. await base.StorageAsync()];
    }
}
