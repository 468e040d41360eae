using System.Collections.Immutable;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Events, a partition an hour, newest first.</summary>
internal sealed class AzureEventStore(StorageClients clients, Content content) : IEventStore
{
    private const string InternalId = "i";
    private const string Id = "s";
    private const string Name = "name";
    private const string ReceivedAt = "at";

    // Begins the names of the content that holds the runs: an event may start more of them than a property holds.
    private const string Runs = "r";

    private static readonly string[] s_blobColumns = [Content.BlobColumn(""), Content.BlobColumn(Runs)];

    private readonly TableClient _table = clients.Table("events");

    public async Task AddAsync(ImmutableArray<StoredEvent> events, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(events.Select(one => RowAsync(one, cancellationToken)));
        // The last of those with the same id replaces the others, as it would in calls of their own.
        var distinct = Enumerable.Reverse(rows).DistinctBy(one => (one.Row.PartitionKey, one.Row.RowKey));
        foreach (var batch in distinct.GroupBy(one => one.Row.PartitionKey).SelectMany(partition => TransactionParts.Split(partition)))
        {
            await _table.CreateIfMissingAsync(
                () => _table.WriteAsync([.. batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row))], cancellationToken),
                cancellationToken);
        }
    }

    public async Task<ReadEventOutcome> ReadAsync(string internalId, CancellationToken cancellationToken)
    {
        if (!EventKeys.TryFind(internalId, out var key))
            return new ReadEventOutcome.NotFound();

        var row = await _table.CreateIfMissingAsync(
            () => _table.GetEntityIfExistsAsync<TableEntity>(key.Partition, key.Row, cancellationToken: cancellationToken), cancellationToken);
        return row.HasValue ? new ReadEventOutcome.Found(await EventAsync(row.Value!, cancellationToken)) : new ReadEventOutcome.NotFound();
    }

    public async Task RemoveAsync(string internalId, CancellationToken cancellationToken)
    {
        if (!EventKeys.TryFind(internalId, out var key))
            return;

        var row = await _table.CreateIfMissingAsync(
            () => _table.GetEntityIfExistsAsync<TableEntity>(key.Partition, key.Row, s_blobColumns, cancellationToken), cancellationToken);
        if (!row.HasValue)
            return;

        // Its row first: a row without its blob could not be read, nor any list with it. Whoever dies in between leaves a blob behind.
        await _table.DeleteEntityAsync(key.Partition, key.Row, ETag.All, cancellationToken);
        if (s_blobColumns.Any(column => row.Value!.GetString(column) is not null))
            await content.RemoveAsync($"{Folder(internalId)}/", cancellationToken);
    }

    public Task<ImmutableArray<StoredEvent>> ListAsync(EventQuery query, CancellationToken cancellationToken) =>
        _table.CreateIfMissingAsync(() => QueryAsync(query, cancellationToken), cancellationToken);

    private async Task<ImmutableArray<StoredEvent>> QueryAsync(EventQuery query, CancellationToken cancellationToken)
    {
        var found = new List<Task<StoredEvent>>();
        await foreach (var row in _table.QueryAsync<TableEntity>(Filter(query), maxPerPage: query.Limit, cancellationToken: cancellationToken))
        {
            found.Add(EventAsync(row, cancellationToken));
            if (found.Count == query.Limit)
                break;
        }

        return [.. await Task.WhenAll(found)];
    }

    private static string? Filter(EventQuery query)
    {
        var parts = new List<string>();
        if (query.Name is { } name)
            parts.Add(TableClient.CreateQueryFilter($"name eq {name}"));

        if (query.ReceivedAfter is { } after)
            parts.Add(TableClient.CreateQueryFilter($"PartitionKey le {EventKeys.Partition(after)} and at gt {after.UtcTicks}"));

        if (query.ReceivedBefore is { } before)
            parts.Add(TableClient.CreateQueryFilter($"PartitionKey ge {EventKeys.Partition(before)} and at lt {before.UtcTicks}"));

        if (query.Cursor is { } cursor && EventKeys.TryFind(cursor, out var key))
            parts.Add(TableClient.CreateQueryFilter($"(PartitionKey gt {key.Partition} or (PartitionKey eq {key.Partition} and RowKey gt {key.Row}))"));

        return parts.Count == 0 ? null : string.Join(" and ", parts);
    }

    private async Task<(TableEntity Row, int Bytes)> RowAsync(StoredEvent one, CancellationToken cancellationToken)
    {
        if (!EventKeys.TryFind(one.InternalId, out var key))
            throw new ArgumentException($"The internal id '{one.InternalId}' of an event is no ULID.");

        var runs = one.Runs.Select(run => new StartedRunRow(run.Run, run.Function)).ToList();
        var row = new TableEntity(key.Partition, key.Row)
        {
            [RowVersion.Column] = RowVersion.Current,
            [InternalId] = one.InternalId,
            [Id] = one.Id,
            [Name] = one.Name,
            [ReceivedAt] = one.ReceivedAt.UtcTicks,
        };
        var folder = Folder(one.InternalId);
        var bytes = await content.PutAsync(row, folder, one.Json.Utf8.ToArray(), cancellationToken);
        bytes += await content.PutAsync(row, Runs, folder, JsonSerializer.SerializeToUtf8Bytes(runs, RowJson.Default.ListStartedRunRow), cancellationToken);
        return (row, bytes);
    }

    private static string Folder(string internalId) => $"events/{internalId}";

    private async Task<StoredEvent> EventAsync(TableEntity row, CancellationToken cancellationToken)
    {
        RowVersion.Require(row);
        return new StoredEvent(
            row.GetString(InternalId),
            row.GetString(Id),
            row.GetString(Name),
            new DateTimeOffset(row.GetInt64(ReceivedAt)!.Value, TimeSpan.Zero),
            new RawJson(await content.GetAsync(row, cancellationToken)),
            [.. JsonSerializer.Deserialize((await content.GetAsync(row, Runs, cancellationToken)).Span, RowJson.Default.ListStartedRunRow)!.Select(run => new StartedRun(run.Run, run.Function))]);
    }
}
