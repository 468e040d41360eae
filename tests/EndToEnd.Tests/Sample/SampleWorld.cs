using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Sample;

/// <summary>The executor and the sample as processes, with a data folder of their own, on the storage that is given.</summary>
public sealed class SampleWorld : IAsyncDisposable
{
    private readonly int _samplePort;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private ServerProcess _sample;

    private SampleWorld(ExecutorServer executor, int samplePort, string data, IReadOnlyDictionary<string, string> environment)
    {
        Executor = executor;
        _samplePort = samplePort;
        Data = data;
        _environment = environment;
        _sample = RunSample();
    }

    public ExecutorServer Executor { get; }

    public string Data { get; }

    public string[] Mails => Directory.GetFiles(Path.Combine(Data, "outbox"), "*.eml");

    /// <summary>What the sample has really done, a line for each time.</summary>
    public string[] Journal => File.ReadAllLines(Path.Combine(Data, "journal.log"));

    public static Task<SampleWorld> StartAsync(string[] storage, params (string Name, string Value)[] settings) =>
        StartAsync(storage, retryInterval: 1, settings);

    public static Task<SampleWorld> StartAsync(string[] storage, int retryInterval, params (string Name, string Value)[] settings) => StartAsync(
        ["--dev", "--retry-interval", $"{retryInterval}", .. storage],
        url => new Dictionary<string, string> { ["INNGEST_DEV"] = url.GetLeftPart(UriPartial.Authority) },
        settings);

    /// <summary>Starts both and waits until the sample has registered.</summary>
    /// <param name="executorArguments">The executor's settings.</param>
    /// <param name="environment">The sample's environment, by the executor's URL.</param>
    /// <param name="settings">Settings of the sample.</param>
    /// <param name="bearer">What reads from an executor with keys.</param>
    public static async Task<SampleWorld> StartAsync(
        string[] executorArguments, Func<Uri, Dictionary<string, string>> environment, (string Name, string Value)[] settings, string? bearer = null)
    {
        var data = Directory.CreateTempSubdirectory("stepwell-sample-").FullName;
        var samplePort = FreePort.Take();
        var executor = ExecutorServer.Create(FreePort.Take(), [.. executorArguments, "--app", $"http://127.0.0.1:{samplePort}/api/stepwell"]);
        executor.Bearer = bearer;
        var variables = environment(executor.Url);
        variables["Sample__Folder"] = data;
        foreach (var (name, value) in settings)
            variables["Sample__" + name] = value;

        var world = new SampleWorld(executor, samplePort, data, variables);
        await executor.WaitUntilHealthyAsync();
        await world.WaitForRegistrationAsync();
        return world;
    }

    public Task<string> SendAsync(string name, object data) => Executor.SendAsync(name, data);

    public Task<SampleRun> WaitForEndAsync(string eventId) => Executor.WaitForEndAsync(eventId);

    public async Task KillSampleAndStartItAgainAsync()
    {
        await _sample.KillAsync();
        _sample.Dispose();
        _sample = RunSample();
    }

    public async ValueTask DisposeAsync()
    {
        await Executor.DisposeAsync();
        _sample.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private ServerProcess RunSample() => new(
        BuiltProgram.PathOf("samples/WaitingList", "Stepwell.Samples.WaitingList"),
        ["--contentRoot", Path.Combine(Repository.Root, "samples/WaitingList"), "--urls", $"http://127.0.0.1:{_samplePort}"],
        _environment);

    private Task WaitForRegistrationAsync() => Eventually.BecomesTrueAsync(
        async () => (await Executor.FunctionsAsync()).Values.Any(url => url.StartsWith($"http://127.0.0.1:{_samplePort}/", StringComparison.Ordinal)),
        () => $"The sample is not registered.\nExecutor:\n{Executor.Output}\nSample:\n{_sample.Output}");
}
