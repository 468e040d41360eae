using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Stepwell.Executor.Storage.Azure;

/// <summary>Connection strings of storage accounts.</summary>
public static class StorageConnection
{
    /// <summary>Whether a text is a connection string from which clients can be made. Nothing is asked of the account.</summary>
    public static bool IsUsable(string text)
    {
        try
        {
            _ = new TableServiceClient(text);
            _ = new QueueServiceClient(text);
            _ = new BlobServiceClient(text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
