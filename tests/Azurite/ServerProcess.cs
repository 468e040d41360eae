using System.Collections.Concurrent;
using System.Diagnostics;

namespace Stepwell.Testing.Azurite;

/// <summary>One of the built programs, run as a process of its own; what it prints is kept for the failure message.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    public ServerProcess(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? workingDirectory = null)
        : this("dotnet", [program, .. arguments], environment, workingDirectory)
    {
    }

    private ServerProcess(string file, string[] arguments, IReadOnlyDictionary<string, string>? environment, string? workingDirectory)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Keep(object sender, DataReceivedEventArgs line) => _output.Enqueue(line.Data ?? "");
    }

    /// <summary>Runs a shell script instead.</summary>
    public static ServerProcess OfScript(string script, string[] arguments, IReadOnlyDictionary<string, string> environment) =>
        new("bash", [script, .. arguments], environment, null);

    /// <summary>Runs a program of Node's instead; its standard input ends with this process.</summary>
    public static ServerProcess OfNode(string script, params string[] arguments) => new("node", [script, .. arguments], null, null);

    public bool HasExited => _process.HasExited;

    public string Output => string.Join('\n', _output);

    /// <summary>Ends the process at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop, as <c>kill</c> does, and returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await Signals.TerminateAsync(_process);
        return await WaitForExitAsync();
    }

    /// <summary>Waits until the process has ended by itself, and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until the process has ended, however.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
