using Azure.Data.Tables;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// The row keys of a run. Those that a commit writes name the run once more, though the partition does: Azurite looks for a row among all rows of that key,
/// whatever their partition, so that each commit would take the longer the more runs there are.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Version">The version in which its rows are written, for as long as it exists: 1 to <see cref="Current"/>.</param>
internal sealed record RunKeys(RunId Run, int Version)
{
    /// <summary>The version of new runs.</summary>
    public const int Current = 2;

    /// <summary>
    /// The key that every run has in all versions, with the version in its row: no run is created beside that of an older executor, and an older executor refuses
    /// what it could not read.
    /// </summary>
    public const string Anchor = "run";

    private const string AnyStep = "step-";

    /// <summary>What changes with every commit. It holds the number of the commit and carries <c>If-Match</c>.</summary>
    public string State => Version == 1 ? Anchor : $"state-{Run}";

    public string Events => Version == 1 ? "events" : Anchor;

    private string StepPrefix => Version == 1 ? AnyStep : $"{AnyStep}{Run}-";

    public static RunKeys New(RunId run) => new(run, Current);

    /// <exception cref="InvalidDataException">A newer executor wrote it.</exception>
    public static RunKeys Of(RunId run, TableEntity anchor) => new(run, RowVersion.Require(anchor, Current));

    public static bool IsStep(string rowKey) => rowKey.StartsWith(AnyStep, StringComparison.Ordinal);

    public string Step(StepKey step) => StepPrefix + step.Value;

    public StepKey StepOf(string rowKey) => StepKey.Parse(rowKey[StepPrefix.Length..]);
}
