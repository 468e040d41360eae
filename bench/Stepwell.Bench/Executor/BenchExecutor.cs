using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Stepwell.Executor.Hosting;
using Stepwell.Executor.Server;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Protocol.Ids;

namespace Stepwell.Bench.Executor;

/// <summary>
/// The server as it ships, in a process of its own, with two policies in its storage clients: one counts the requests, one sums their bodies. What they
/// counted, and which runs have ended, is told at a second port, so that asking for it is no work of the server's or of storage.
/// </summary>
internal static class BenchExecutor
{
    /// <summary>The first argument that makes this program an executor; the port of the counters and the server's own arguments follow.</summary>
    public const string Verb = "executor";

    /// <summary>Where the counters are told.</summary>
    public const string CountersPath = "/bench/counters";

    /// <summary>Where it is told how a run has ended, once it has; a run's id follows.</summary>
    public const string EndedPath = "/bench/ended/";

    public static async Task<int> RunAsync(string[] args)
    {
        var requests = new RequestCounter();
        var bytes = new SentBytes();
        var ended = new EndedRuns();
        await using var counters = Serve(int.Parse(args[0], CultureInfo.InvariantCulture), () => Read(requests, bytes), ended);
        await counters.StartAsync();

        using var parentEnded = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            await Console.In.ReadToEndAsync();
            await parentEnded.CancelAsync();
        });

        return await ServerCommand.Create((settings, cancellationToken) => ServerHost.RunAsync(Counting(settings, requests, bytes), cancellationToken, ended.Watch))
            .Parse(args[1..]).InvokeAsync(cancellationToken: parentEnded.Token);
    }

    private static ExecutorSettings Counting(ExecutorSettings settings, RequestCounter requests, SentBytes bytes) => settings.Storage is StorageSettings.Connection connection
        ? settings with { Storage = connection with { Policies = [requests, bytes] } }
        : throw new BenchException("The executor of the benchmark needs --storage.");

    private static WebApplication Serve(int port, Func<Counters> read, EndedRuns ended)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BenchJson.Default));
        var app = builder.Build();
        app.MapGet(CountersPath, read);
        app.MapGet($"{EndedPath}{{run}}", async (string run) => (await ended.OfAsync(RunId.Parse(run))).ToString());
        return app;
    }

    private static Counters Read(RequestCounter requests, SentBytes bytes)
    {
        using var self = Process.GetCurrentProcess();
        var counts = Enum.GetValues<RequestKind>().Select(kind => KeyValuePair.Create(kind, requests[kind])).Where(count => count.Value > 0);
        return new Counters(counts.ToImmutableSortedDictionary(), bytes.Total, Environment.CpuUsage.TotalTime.TotalMilliseconds, self.PeakWorkingSet64);
    }
}
