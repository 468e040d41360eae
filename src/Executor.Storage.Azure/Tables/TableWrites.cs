using Azure;
using Azure.Data.Tables;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Writes that need no condition.</summary>
internal static class TableWrites
{
    /// <summary>Writes rows of one partition, all or none: 1 to 100, replaced or deleted. A single one is a request of its own, which costs less than a transaction of one.</summary>
    public static async Task<bool> WriteAsync(this TableClient table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        await (actions switch
        {
            [{ ActionType: TableTransactionActionType.UpsertReplace, Entity: TableEntity row }] => (Task)table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken),
            [{ ActionType: TableTransactionActionType.Delete, Entity: var row }] => table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken),
            _ => table.SubmitTransactionAsync(actions, cancellationToken),
        });
        return true;
    }
}
