using System.Text.Json;

namespace Stepwell.Crash.App;

/// <summary>
/// What steps really did, outside the executor's storage. A line is with the operating system before a body goes on, so that the process may die
/// at any time and what it has told anybody is in the file.
/// </summary>
public sealed class Ledger : IDisposable
{
    private readonly Lock _oneWriter = new();
    private readonly FileStream _file;

    private Ledger(FileStream file) => _file = file;

    /// <summary>Opens a file of its own in the folder.</summary>
    public static Ledger Open(string folder) =>
        new(new FileStream(Path.Combine(folder, $"{Guid.NewGuid():N}.jsonl"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0));

    public void Write(LedgerLine line)
    {
        byte[] text = [.. JsonSerializer.SerializeToUtf8Bytes(line, CrashJson.Default.LedgerLine), (byte)'\n'];
        lock (_oneWriter)
            _file.Write(text);
    }

    public void Dispose() => _file.Dispose();
}
