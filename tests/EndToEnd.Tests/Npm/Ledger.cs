using System.Text.Json;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>What the functions of a Node app have really done, in a file that it writes, outside the executor's storage.</summary>
public sealed class Ledger : IDisposable
{
    private const string Called = "called";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stepwell-ledger-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "ledger.jsonl");

    /// <summary>A file that is not there yet, for functions that look for one.</summary>
    public string NewMarker() => System.IO.Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));

    /// <summary>How often the app was called for a run.</summary>
    public int CallsOf(string run) => Entries(run).Count(entry => entry.What == Called);

    /// <summary>The bodies that were entered in a run, in order.</summary>
    public string[] WorkOf(string run) => [.. Entries(run).Where(entry => entry.What != Called).Select(entry => entry.What)];

    /// <summary>The attempts in which a body was entered, as the SDK counts them: from 0.</summary>
    public int[] AttemptsOf(string run, string what) => [.. Entries(run).Where(entry => entry.What == what).Select(entry => entry.Attempt!.Value)];

    public void Dispose() => _folder.Delete(recursive: true);

    private IEnumerable<(string What, int? Attempt)> Entries(string run)
    {
        if (!File.Exists(Path))
            yield break;

        using var file = new StreamReader(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (file.ReadLine() is { } line)
        {
            using var entry = JsonDocument.Parse(line);
            if (entry.RootElement.GetProperty("run").GetString() == run)
                yield return (entry.RootElement.GetProperty("what").GetString()!, entry.RootElement.TryGetProperty("attempt", out var attempt) ? attempt.GetInt32() : null);
        }
    }
}
