namespace Stepwell.Bench.Results;

/// <summary>A part of a page that is written by this program.</summary>
internal static class MarkedSection
{
    /// <summary>Replaces what stands between two marks.</summary>
    /// <exception cref="BenchException">The page does not have both.</exception>
    public static async Task WriteAsync(string path, string begin, string end, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new BenchException($"{path} has no '{begin}' with '{end}' after it.");

        await File.WriteAllTextAsync(path, text[..from] + string.Join('\n', [begin, .. lines]) + "\n" + text[to..], cancellationToken);
    }
}
