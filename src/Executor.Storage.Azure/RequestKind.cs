namespace Stepwell.Executor.Storage.Azure;

/// <summary>What a request to storage is about. Each is one billed transaction.</summary>
public enum RequestKind
{
    /// <summary>A table write: one row, or one entity-group transaction.</summary>
    TableWrite,

    /// <summary>A table read: one row, or one page of a query.</summary>
    TableRead,

    /// <summary>A message put.</summary>
    QueuePut,

    /// <summary>A receiving of messages, also when there are none.</summary>
    QueueGet,

    /// <summary>A message's lease changed.</summary>
    QueueUpdate,

    /// <summary>A message deleted.</summary>
    QueueDelete,

    /// <summary>A blob written.</summary>
    BlobWrite,

    /// <summary>A blob read.</summary>
    BlobRead,

    /// <summary>A table, queue or container created.</summary>
    Create,
}
