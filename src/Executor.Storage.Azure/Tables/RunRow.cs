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

    private const string Schema = "v";
    private const int SchemaVersion = 1;
    private const string Committed = "n";
    private const string Taken = "x";
    private const string Void = "w";

    public static TableEntity Create(RunId id, CommitNumbers numbers, string nonce) => new(id.Value, Key)
    {
        [Schema] = SchemaVersion,
        [Committed] = numbers.Committed,
        [Taken] = numbers.Taken,
        [Void] = numbers.VoidText,
        [Nonce] = nonce,
    };

    public static CommitNumbers NumbersOf(TableEntity row) =>
        new(row.GetInt64(Committed)!.Value, row.GetInt64(Taken)!.Value, CommitNumbers.ReadVoid(row.GetString(Void)));

    /// <exception cref="InvalidDataException">A newer executor wrote the row.</exception>
    public static void RequireReadable(TableEntity row)
    {
        if (row.GetInt32(Schema) is var version and not SchemaVersion)
            throw new InvalidDataException($"Run {row.PartitionKey} was written in version {version}; this executor reads version {SchemaVersion}. Update the executor.");
    }
}
