using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>
/// An executor on one of the storages, and the Node app with every client: two processes, as the SDK's versions do not get along in one. The test classes
/// with <see cref="ClientWorlds"/> share them.
/// </summary>
internal sealed class ClientWorld
{
    private static readonly ConcurrentDictionary<Storage, Lazy<Task<ClientWorld>>> s_worlds = new();

    private readonly ImmutableDictionary<int, NpmApp> _apps;

    private ClientWorld(ExecutorServer executor, ImmutableDictionary<int, NpmApp> apps)
    {
        Executor = executor;
        _apps = apps;
    }

    public ExecutorServer Executor { get; }

    public static Task<ClientWorld> OfAsync(Storage storage) => s_worlds.GetOrAdd(storage, _ => new Lazy<Task<ClientWorld>>(() => StartAsync(storage))).Value;

    /// <summary>Ends all of them; who asks for one later gets a new one.</summary>
    public static async Task EndAllAsync()
    {
        foreach (var storage in s_worlds.Keys)
        {
            if (s_worlds.TryRemove(storage, out var world))
                await (await world.Value).EndAsync();
        }
    }

    public NpmApp AppOf(string client) => _apps[NpmClient.Of(client).Sdk];

    /// <summary>The arguments of an executor with empty storage of this kind.</summary>
    public static async Task<string[]> ArgumentsAsync(Storage storage)
    {
        if (storage == Storage.Embedded)
            return [];

        var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        string[] arguments = ExecutorServer.NewStorageOn(azurite);
        return storage == Storage.AzuriteByFunctions ? [ExecutorServer.AsFunctions, .. arguments] : arguments;
    }

    private async Task EndAsync()
    {
        await Executor.DisposeAsync();
        foreach (var app in _apps.Values)
            app.Dispose();
    }

    private static async Task<ClientWorld> StartAsync(Storage storage)
    {
        var executor = await ExecutorServer.StartAsync(["--dev", "--retry-interval", "1", .. await ArgumentsAsync(storage)]);
        var apps = ImmutableDictionary<int, NpmApp>.Empty;
        foreach (var version in NpmClient.All.GroupBy(client => client.Sdk))
            apps = apps.Add(version.Key, await NpmApp.StartAsync(executor.Url, FreePort.Take(), [.. version]));

        foreach (var client in NpmClient.All)
        {
            var (status, text) = await apps[client.Sdk].RegisterAsync(client);
            Assert.True(status == HttpStatusCode.OK, $"{client}: {status} {text}\n{apps[client.Sdk].Output}\n{executor.Output}");
        }

        return new ClientWorld(executor, apps);
    }
}
