using Azure.Data.Tables;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// The version in which a row is written. What is read later than it was written may have been written by a newer executor, during an upgrade or before a
/// step back: it is refused and left as it is. A run's steps have the version of its own row; the rows of the live index are nothing but keys.
/// </summary>
internal static class RowVersion
{
    public const string Column = "v";
    public const int Current = 1;

    /// <exception cref="InvalidDataException">A newer executor wrote the row.</exception>
    public static void Require(TableEntity row)
    {
        if (row.GetInt32(Column) is { } version and not Current)
        {
            throw new InvalidDataException(
                $"Row {row.PartitionKey}/{row.RowKey} was written in version {version}; this executor reads version {Current}. Update the executor.");
        }
    }
}
