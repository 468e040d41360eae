namespace Stepwell.Bench.Scaling;

/// <summary>What Azure publishes as targets of a general-purpose v2 account in most regions, for rows and messages of 1 KiB; docs/scaling.md names the pages.</summary>
internal static class StorageLimits
{
    /// <summary>Requests a second to one account.</summary>
    public const double AccountRequests = 20_000;

    /// <summary>Rows a second in one table partition.</summary>
    public const double PartitionRows = 2_000;

    /// <summary>Messages a second through one queue: each that is put, rewritten, received or deleted is taken to count, which is careful.</summary>
    public const double QueueMessages = 2_000;
}
