using System.Collections.Concurrent;
using System.Diagnostics;

namespace Stepwell.Bench;

/// <summary>A program that lives as long as this one; its last lines are kept for the message when something goes wrong.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 30;

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Action<string> _onLine;
    private readonly Process _process;

    /// <summary>Starts one.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onLine">Is given each line that it prints.</param>
    public ChildProcess(string file, IEnumerable<string> arguments, Action<string> onLine)
    {
        _onLine = onLine;
        // Its standard input ends with this process, and it with its standard input.
        _process = new Process { StartInfo = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string LastLines => string.Join('\n', _lines);

    public bool HasExited => _process.HasExited;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;

        _onLine(line);
        _lines.Enqueue(line);
        if (_lines.Count > KeptLines)
            _lines.TryDequeue(out _);
    }
}
