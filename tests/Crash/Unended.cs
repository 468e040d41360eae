namespace Stepwell.Crash.Tests;

/// <summary>Tells of a run that has not ended in time.</summary>
internal static class Unended
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static async Task<string> DescribeAsync(CrashWorld world, SentEvent sent, IReadOnlyList<ShownRun> runs)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        var lines = new List<string> { $"{sent.What}, accepted as {sent.Id}, has runs that have not ended; {world.Folder} holds the ledger and what the processes printed." };
        var ledger = ReadLedger.Of(world.LedgerFolder);
        foreach (var run in runs)
        {
            lines.Add(await world.Api.DescribeAsync(run.Id, deadline.Token));
            lines.AddRange((ledger.Runs.GetValueOrDefault(run.Id) ?? []).Select(line => $"    {line}"));
        }

        return string.Join('\n', lines);
    }
}
