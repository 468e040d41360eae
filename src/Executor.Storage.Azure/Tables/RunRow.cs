using Azure.Data.Tables;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>The columns of the row of a run's state.</summary>
internal static class RunRow
{
    public const string CreatedAt = "c";

    /// <summary>Tells a commit of one's own, whose answer was lost, from another's.</summary>
    public const string Nonce = "o";

    private const string Committed = "n";
    private const string Taken = "x";
    private const string Void = "w";

    public static TableEntity Create(RunKeys keys, CommitNumbers numbers, string nonce) => new(keys.Run.Value, keys.State)
    {
        [RowVersion.Column] = keys.Version,
        [Committed] = numbers.Committed,
        [Taken] = numbers.Taken,
        [Void] = numbers.VoidText,
        [Nonce] = nonce,
    };

    public static CommitNumbers NumbersOf(TableEntity row) =>
        new(row.GetInt64(Committed)!.Value, row.GetInt64(Taken)!.Value, CommitNumbers.ReadVoid(row.GetString(Void)));
}
