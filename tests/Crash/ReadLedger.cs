using System.Text.Json;
using Stepwell.Crash.App;

namespace Stepwell.Crash.Tests;

/// <summary>What all processes of the app have written, by run.</summary>
internal sealed class ReadLedger
{
    private ReadLedger(IReadOnlyDictionary<string, IReadOnlyList<LedgerLine>> runs) => Runs = runs;

    /// <summary>The lines of each run, by its id, in the order of time.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<LedgerLine>> Runs { get; }

    public IEnumerable<LedgerLine> Lines => Runs.Values.SelectMany(lines => lines);

    public static ReadLedger Of(string folder) =>
        Of(Directory.GetFiles(folder).SelectMany(ReadWhole).Select(text => JsonSerializer.Deserialize(text, CrashJson.Default.LedgerLine)!));

    public static ReadLedger Of(IEnumerable<LedgerLine> lines) =>
        new(lines.GroupBy(line => line.Run).ToDictionary(run => run.Key, run => (IReadOnlyList<LedgerLine>)[.. run.OrderBy(line => line.At)]));

    // A process may have died in the middle of its last line, which then told nobody anything.
    private static string[] ReadWhole(string file)
    {
        var text = File.ReadAllText(file);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
