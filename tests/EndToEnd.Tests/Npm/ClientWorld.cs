using System.Collections.Immutable;
using System.Net;
using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>
/// An executor on one of the storages, and the Node app with every client: two processes, as the SDK's versions do not get along in one. All tests of a
/// process share them; they end with it.
/// </summary>
internal sealed class ClientWorld
{
    private static readonly Lazy<Task<ClientWorld>> s_embedded = new(() => StartAsync(Storage.Embedded));
    private static readonly Lazy<Task<ClientWorld>> s_azurite = new(() => StartAsync(Storage.Azurite));

    private readonly ImmutableDictionary<int, NpmApp> _apps;

    private ClientWorld(ExecutorServer executor, ImmutableDictionary<int, NpmApp> apps)
    {
        Executor = executor;
        _apps = apps;
    }

    public ExecutorServer Executor { get; }

    public static Task<ClientWorld> OfAsync(Storage storage) => storage == Storage.Embedded ? s_embedded.Value : s_azurite.Value;

    public NpmApp AppOf(string client) => _apps[NpmClient.Of(client).Sdk];

    /// <summary>The arguments of an executor with empty storage of this kind.</summary>
    public static async Task<string[]> ArgumentsAsync(Storage storage)
    {
        if (storage == Storage.Embedded)
            return [];

        var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        return ["--storage", azurite.ConnectionString, "--storage-prefix", AzuriteFixture.NewPrefix()];
    }

    private static async Task<ClientWorld> StartAsync(Storage storage)
    {
        var executor = await ExecutorServer.StartAsync(["--dev", "--retry-interval", "1", .. await ArgumentsAsync(storage)]);
        var apps = ImmutableDictionary<int, NpmApp>.Empty;
        foreach (var version in NpmClient.All.GroupBy(client => client.Sdk))
            apps = apps.Add(version.Key, await NpmApp.StartAsync(executor.Url, FreePort.Take(), [.. version]));

        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (var app in apps.Values)
                app.Dispose();

            executor.DisposeAsync().AsTask().GetAwaiter().GetResult();
        };
        foreach (var client in NpmClient.All)
        {
            var (status, text) = await apps[client.Sdk].RegisterAsync(client);
            Assert.True(status == HttpStatusCode.OK, $"{client}: {status} {text}\n{apps[client.Sdk].Output}\n{executor.Output}");
        }

        return new ClientWorld(executor, apps);
    }
}
