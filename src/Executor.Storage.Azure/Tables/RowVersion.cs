using Azure.Data.Tables;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// The version in which a row is written. What is read later than it was written may have been written by a newer executor, during an upgrade or before a
/// step back: it is refused and left as it is. Runs and events have versions of their own, see <see cref="RunKeys"/> and <see cref="EventKeys"/>; the rows of the live index are
/// nothing but keys.
/// </summary>
internal static class RowVersion
{
    public const string Column = "v";
    public const int Current = 1;

    /// <summary>The version of a row, at least 1.</summary>
    /// <exception cref="InvalidDataException">A newer executor wrote the row.</exception>
    public static int Require(TableEntity row, int newest = Current)
    {
        var version = row.GetInt32(Column) ?? 1;
        return version >= 1 && version <= newest
            ? version
            : throw new InvalidDataException(
                $"Row {row.PartitionKey}/{row.RowKey} was written in version {version}; this executor reads versions up to {newest}. Update the executor.");
    }
}
