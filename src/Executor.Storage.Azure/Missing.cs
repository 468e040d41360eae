using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Stepwell.Executor.Storage.Azure;

/// <summary>Creates tables, queues and containers when the first request finds them missing, so that a start asks nothing of storage; and lets rows be gone that are to go.</summary>
internal static class Missing
{
    public static async Task<T> CreateIfMissingAsync<T>(this TableClient table, Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await operation();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == "TableNotFound")
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
            return await operation();
        }
    }

    /// <summary>Deletes a row, whatever it holds; a missing one is no error.</summary>
    public static async Task DeleteIfPresentAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            // It is gone, as it should be.
        }
    }

    public static async Task<T> CreateIfMissingAsync<T>(this QueueClient queue, Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await operation();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == "QueueNotFound")
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return await operation();
        }
    }

    public static async Task<T> CreateIfMissingAsync<T>(this BlobContainerClient container, Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await operation();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == "ContainerNotFound")
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return await operation();
        }
    }
}
