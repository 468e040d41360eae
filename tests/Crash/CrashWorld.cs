using Stepwell.Crash.App;
using Stepwell.Testing.Azurite;

namespace Stepwell.Crash.Tests;

/// <summary>Three executors and two copies of the app, as processes, on one Azurite; between them proxies that break connections.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    private const int ExecutorCount = 3;
    private const int AppCount = 2;

    // Processes that live for seconds gain nothing from code that is optimised twice.
    private static readonly Dictionary<string, string> s_runtime = new() { ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcServer"] = "0" };

    private readonly string _prefix = AzuriteFixture.NewPrefix();
    private readonly List<int> _executorPorts = [.. Enumerable.Range(0, ExecutorCount).Select(_ => StablePort.Take())];
    private readonly List<int> _appPorts = [.. Enumerable.Range(0, AppCount).Select(_ => StablePort.Take())];
    private AzuriteProcess? _azurite;
    private bool _isForgotten;

    private CrashWorld(int seed)
    {
        Folder = Directory.CreateTempSubdirectory("stepwell-crash-").FullName;
        foreach (var folder in (string[])[StateFolder, LedgerFolder, LogFolder])
            Directory.CreateDirectory(folder);

        ExecutorProxy = new BreakingProxy(_executorPorts, seed);
        AppProxy = new BreakingProxy(_appPorts, seed + 1);
        Api = new ExecutorApi(ExecutorProxy.Url);
    }

    /// <summary>Holds Azurite's state, the ledger, and what the processes printed.</summary>
    public string Folder { get; }

    public string LedgerFolder => Path.Combine(Folder, "ledger");

    /// <summary>Before the executors: whoever sends events goes through it, the app included.</summary>
    public BreakingProxy ExecutorProxy { get; }

    /// <summary>Before the copies of the app.</summary>
    public BreakingProxy AppProxy { get; }

    public ExecutorApi Api { get; }

    public IReadOnlyList<Supervised> Executors { get; private set; } = [];

    public IReadOnlyList<Supervised> Apps { get; private set; } = [];

    public int AzuriteRestarts { get; private set; }

    private string StateFolder => Path.Combine(Folder, "azurite");

    private string LogFolder => Path.Combine(Folder, "logs");

    /// <summary>Starts everything and waits until the functions are registered.</summary>
    public static async Task<CrashWorld> StartAsync(int seed, CancellationToken cancellationToken)
    {
        var world = new CrashWorld(seed);
        try
        {
            await world.StartAllAsync(cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops Azurite, leaves it away for a time, and starts it again with all that it had.</summary>
    public async Task RestartAzuriteAsync(TimeSpan away)
    {
        await _azurite!.StopAsync();
        await _azurite.DisposeAsync();
        await Task.Delay(away);
        _azurite = await AzuriteProcess.StartInFolderAsync(StateFolder, _azurite.Ports);
        AzuriteRestarts++;
    }

    /// <summary>Connections are cut from now on, or no longer.</summary>
    public void Break(bool breaks) => ExecutorProxy.Breaks = AppProxy.Breaks = breaks;

    /// <summary>Nothing of it is needed any more: its folder goes with it.</summary>
    public void Forget() => _isForgotten = true;

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Executors.Concat(Apps).Select(program => program.DisposeAsync().AsTask()));
        await ExecutorProxy.DisposeAsync();
        await AppProxy.DisposeAsync();
        Api.Dispose();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        if (_isForgotten)
            Directory.Delete(Folder, recursive: true);
    }

    private async Task StartAllAsync(CancellationToken cancellationToken)
    {
        _azurite = await AzuriteProcess.StartInFolderAsync(StateFolder, new AzuritePorts(StablePort.Take(), StablePort.Take(), StablePort.Take()), cancellationToken);
        Executors = [.. _executorPorts.Select((port, i) => Supervise($"executor-{i}", port, () => RunExecutor(port)))];
        Apps = [.. _appPorts.Select((port, i) => Supervise($"app-{i}", port, () => RunApp(port)))];

        // An executor goes by what it has read of the registrations for some seconds, so each is asked.
        await Task.WhenAll(_executorPorts.Select(port => WaitForFunctionsAsync(port, cancellationToken)));
    }

    private async Task WaitForFunctionsAsync(int port, CancellationToken cancellationToken)
    {
        using var api = new ExecutorApi(new Uri($"http://127.0.0.1:{port}/"));
        await Eventually.BecomesTrueAsync(
            async () => IsRegistered(await api.FunctionsAsync(cancellationToken)),
            () => $"The executor at port {port} does not know the functions; {LogFolder} holds what the processes printed.");
    }

    private bool IsRegistered(IReadOnlyDictionary<string, Uri> functions) => Functions.App.AllFunctions.Count == functions.Count
        && functions.Values.All(url => url.Port == AppProxy.Url.Port);

    private Supervised Supervise(string name, int port, Func<ServerProcess> start) => new(name, new Uri($"http://127.0.0.1:{port}/health"), LogFolder, start);

    private ServerProcess RunExecutor(int port) => new(
        BuiltProgram.PathOf("src/Executor.Server", "Stepwell.Executor.Server"),
        ["--dev", "--port", $"{port}", "--retry-interval", "1", "--concurrency", "16", "--storage", _azurite!.ConnectionString, "--storage-prefix", _prefix],
        s_runtime);

    private ServerProcess RunApp(int port) => new(
        BuiltProgram.PathOf("tests/Crash.App", "Stepwell.Crash.App"),
        [LedgerFolder, $"http://127.0.0.1:{port}"],
        new Dictionary<string, string>(s_runtime) { ["INNGEST_DEV"] = Origin(ExecutorProxy), ["INNGEST_SERVE_ORIGIN"] = Origin(AppProxy) });

    private static string Origin(BreakingProxy proxy) => proxy.Url.GetLeftPart(UriPartial.Authority);
}
