using System.Collections.Immutable;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Gives each event that is added the partition and the version that it had in the first version, as if an older executor had added it.</summary>
internal sealed class FirstVersionEventStore : IEventStore
{
    private readonly TableClient _table;

    public FirstVersionEventStore(AzuriteFixture azurite)
    {
        Account = new AzureAccount(azurite);
        _table = new TableClient(azurite.ConnectionString, $"{Account.Prefix}events");
    }

    public AzureAccount Account { get; }

    /// <summary>The partitions of all rows.</summary>
    public async Task<List<string>> PartitionsAsync() => (await RowsAsync()).ConvertAll(row => row.PartitionKey);

    public async Task AddAsync(ImmutableArray<StoredEvent> events, CancellationToken cancellationToken)
    {
        await Account.Events.AddAsync(events, cancellationToken);
        if (events.IsEmpty)
            return;

        foreach (var row in await RowsAsync())
        {
            var partition = row.PartitionKey;
            row.PartitionKey = partition.TrimStart('a', 'b', 'c');
            row["v"] = 1;
            await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
            if (partition != row.PartitionKey)
                await _table.DeleteEntityAsync(partition, row.RowKey, cancellationToken: cancellationToken);
        }
    }

    public Task<ReadEventOutcome> ReadAsync(string internalId, CancellationToken cancellationToken) => Account.Events.ReadAsync(internalId, cancellationToken);

    public Task RemoveAsync(string internalId, CancellationToken cancellationToken) => Account.Events.RemoveAsync(internalId, cancellationToken);

    public Task<ImmutableArray<StoredEvent>> ListAsync(EventQuery query, CancellationToken cancellationToken) => Account.Events.ListAsync(query, cancellationToken);

    private Task<List<TableEntity>> RowsAsync() => _table.QueryAsync<TableEntity>().ToListAsync().AsTask();
}
