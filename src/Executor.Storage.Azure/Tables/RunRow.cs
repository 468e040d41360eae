using Azure.Data.Tables;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>The columns of a run's own row.</summary>
internal static class RunRow
{
    public const string Key = "run";
    public const string EventsKey = "events";
    public const string CreatedAt = "c";

    /// <summary>Tells a commit of one's own, whose answer was lost, from another's.</summary>
    public const string Nonce = "o";

    private const string Committed = "n";
    private const string Taken = "x";
    private const string Void = "w";

    public static TableEntity Create(RunId id, CommitNumbers numbers, string nonce) => new(id.Value, Key)
    {
        [RowVersion.Column] = RowVersion.Current,
        [Committed] = numbers.Committed,
        [Taken] = numbers.Taken,
        [Void] = numbers.VoidText,
        [Nonce] = nonce,
    };

    public static CommitNumbers NumbersOf(TableEntity row) =>
        new(row.GetInt64(Committed)!.Value, row.GetInt64(Taken)!.Value, CommitNumbers.ReadVoid(row.GetString(Void)));
}
