using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stepwell.Testing.Azurite;

/// <summary>An Azurite of its own on 127.0.0.1. It ends when disposed, or with the process that started it.</summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan s_startDeadline = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private AzuriteProcess(Process process, AzuritePorts ports)
    {
        _process = process;
        Ports = ports;
        var (blobs, queues, tables) = ports;
        ConnectionString = string.Create(
            CultureInfo.InvariantCulture,
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{blobs}/{Account};QueueEndpoint=http://127.0.0.1:{queues}/{Account};TableEndpoint=http://127.0.0.1:{tables}/{Account};");
    }

    public string ConnectionString { get; }

    public AzuritePorts Ports { get; }

    /// <summary>Starts one that keeps everything in memory, on free ports, and waits until it listens.</summary>
    public static Task<AzuriteProcess> StartAsync(CancellationToken cancellationToken = default) =>
        StartAsync(["--inMemoryPersistence"], AzuritePorts.Free, cancellationToken);

    /// <summary>Starts one that keeps everything in a folder, and goes on with what is there, and waits until it listens.</summary>
    public static Task<AzuriteProcess> StartInFolderAsync(string folder, AzuritePorts ports, CancellationToken cancellationToken = default) =>
        StartAsync(["--location", folder], ports, cancellationToken);

    /// <summary>Asks it to stop, and waits until it has saved everything and is gone.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await Signals.TerminateAsync(_process);
        await _process.WaitForExitAsync(cancellationToken);
    }

    private static async Task<AzuriteProcess> StartAsync(string[] persistence, AzuritePorts wanted, CancellationToken cancellationToken)
    {
        var root = Repository.Root;
        await NodeModules.EnsureAsync(root, cancellationToken);
        var process = Process.Start(new ProcessStartInfo("node", Arguments(root, persistence, wanted))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(s_startDeadline);
            var ports = await ReadPortsAsync(process, deadline.Token);
            return new AzuriteProcess(process, new AzuritePorts(ports["Blob"], ports["Queue"], ports["Table"]));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string[] Arguments(string root, string[] persistence, AzuritePorts ports) =>
    [
        "--require", Path.Combine(root, "tests", "Azurite", "end-with-parent.cjs"),
        Path.Combine(root, "node_modules", ".bin", "azurite"),
        "--silent", "--disableTelemetry", .. persistence, "--skipApiVersionCheck",
        "--blobHost", "127.0.0.1", "--blobPort", $"{ports.Blobs}",
        "--queueHost", "127.0.0.1", "--queuePort", $"{ports.Queues}",
        "--tableHost", "127.0.0.1", "--tablePort", $"{ports.Tables}",
    ];

    // With port 0 the system chooses, and nobody can take the port in between; Azurite prints what it got.
    private static async Task<Dictionary<string, int>> ReadPortsAsync(Process process, CancellationToken cancellationToken)
    {
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var ports = new Dictionary<string, int>();
        while (ports.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException($"Azurite ended before it listened: {await errors}");
            if (Listening().Match(line) is { Success: true } match)
                ports[match.Groups["kind"].Value] = int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
        }

        // What it prints from now on must be read, or it would stop when the pipe is full.
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return ports;
    }

    [GeneratedRegex(@"^Azurite (?<kind>\w+) service is successfully listening at http://127\.0\.0\.1:(?<port>\d+)$")]
    private static partial Regex Listening();
}
