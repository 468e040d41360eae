using Azure.Data.Tables;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Rows in as many parts as Azure takes in one entity-group transaction each.</summary>
internal static class TransactionParts
{
    /// <summary>Azure's limit.</summary>
    public const int MaxRows = 100;

    // Azure's limit is 4 MiB of JSON, in which binary takes a third more, and names and headers stand beside it.
    private const int MaxBytes = 2_500_000;

    /// <summary>At least one part, which is empty when there are no rows.</summary>
    public static List<List<TableEntity>> Split(IEnumerable<(TableEntity Row, int Bytes)> rows, int maxRows = MaxRows)
    {
        var parts = new List<List<TableEntity>> { new() };
        var bytes = 0;
        foreach (var row in rows)
        {
            if (parts[^1].Count == maxRows || (bytes + row.Bytes > MaxBytes && parts[^1].Count > 0))
            {
                parts.Add([]);
                bytes = 0;
            }

            parts[^1].Add(row.Row);
            bytes += row.Bytes;
        }

        return parts;
    }
}
