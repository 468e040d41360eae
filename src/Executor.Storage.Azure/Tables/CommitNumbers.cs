using System.Collections.Immutable;
using System.Globalization;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// The numbers of a run's commits. Each step row carries the number of the commit that wrote it. A commit that is too large for one transaction takes its
/// number first; if it never comes to its end, the next commit declares that number void.
/// </summary>
/// <param name="Committed">The newest commit that is complete.</param>
/// <param name="Taken">The newest number taken.</param>
/// <param name="Void">Numbers below <paramref name="Committed"/> whose commits never came to their end.</param>
internal sealed record CommitNumbers(long Committed, long Taken, ImmutableArray<long> Void)
{
    public static CommitNumbers First { get; } = new(0, 0, []);

    public bool IsCommitted(long number) => number <= Committed && !Void.Contains(number);

    /// <summary>The numbers once the next commit is complete.</summary>
    public CommitNumbers Next()
    {
        var next = Taken + 1;
        return new CommitNumbers(next, next, AllVoid);
    }

    /// <summary>The numbers while the next commit is under way.</summary>
    public CommitNumbers Begin() => this with { Taken = Taken + 1 };

    public string VoidText => string.Join(',', Void);

    public RunVersion ToVersion(RunKeys keys, string etag) => new(string.Create(CultureInfo.InvariantCulture, $"{keys.Version}|{Committed}|{Taken}|{VoidText}|{etag}"));

    public static (RunKeys Keys, CommitNumbers Numbers, string ETag) Of(RunId run, RunVersion version)
    {
        var parts = version.Value.Split('|', 5);
        return (new RunKeys(run, (int)Number(parts[0])), new CommitNumbers(Number(parts[1]), Number(parts[2]), ReadVoid(parts[3])), parts[4]);
    }

    public static ImmutableArray<long> ReadVoid(string? text) =>
        string.IsNullOrEmpty(text) ? [] : [.. text.Split(',').Select(Number)];

    private ImmutableArray<long> AllVoid => Void.AddRange(Enumerable.Range(1, (int)(Taken - Committed)).Select(i => Committed + i));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
