using System.Collections.Immutable;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Events by <see cref="EventKeys"/>.</summary>
internal sealed class AzureEventStore(StorageClients clients, Content content) : IEventStore
{
    private const string InternalId = "i";
    private const string Id = "s";
    private const string Name = "name";
    private const string ReceivedAt = "at";

    // Begins the names of the content that holds the runs: an event may start more of them than a property holds.
    private const string Runs = "r";

    private static readonly string[] s_blobColumns = [Content.BlobColumn(""), Content.BlobColumn(Runs)];
    private static readonly string[] s_removedColumns = ["PartitionKey", "RowKey", .. s_blobColumns];

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
        var row = await FindAsync(internalId, columns: null, cancellationToken);
        return row is null ? new ReadEventOutcome.NotFound() : new ReadEventOutcome.Found(await EventAsync(row, cancellationToken));
    }

    public async Task RemoveAsync(string internalId, CancellationToken cancellationToken)
    {
        if (await FindAsync(internalId, s_removedColumns, cancellationToken) is not { } row)
            return;

        // Its row first: a row without its blob could not be read, nor any list with it. Whoever dies in between leaves a blob behind.
        await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        if (s_blobColumns.All(column => row.GetString(column) is null))
            return;

        // Both versions may have stored it. What they share must not go before both rows have. Where they share nothing, the first version's row is left to a later pass of the retention, which
        // finds it as it found this one: to look for it here would cost a transaction an event.
        if (EventKeys.TryFind(internalId, out var key) && row.PartitionKey != key.FirstPartition)
            await _table.DeleteIfPresentAsync(new TableEntity(key.FirstPartition, key.Row), cancellationToken);

        await content.RemoveAsync($"{Folder(internalId)}/", cancellationToken);
    }

    public Task<ImmutableArray<StoredEvent>> ListAsync(EventQuery query, CancellationToken cancellationToken) =>
        _table.CreateIfMissingAsync(() => QueryAsync(query, cancellationToken), cancellationToken);

    private async Task<TableEntity?> FindAsync(string internalId, IEnumerable<string>? columns, CancellationToken cancellationToken)
    {
        if (!EventKeys.TryFind(internalId, out var key))
            return null;

        return await InAsync(key.Partition) ?? (key.Partition == key.FirstPartition ? null : await InAsync(key.FirstPartition));

        async Task<TableEntity?> InAsync(string partition)
        {
            var row = await _table.CreateIfMissingAsync(
                () => _table.GetEntityIfExistsAsync<TableEntity>(partition, key.Row, columns, cancellationToken), cancellationToken);
            return row.HasValue ? row.Value : null;
        }
    }

    private async Task<ImmutableArray<StoredEvent>> QueryAsync(EventQuery query, CancellationToken cancellationToken)
    {
        EventKey? cursor = query.Cursor is { } last && EventKeys.TryFind(last, out var key) ? key : null;
        var streams = await Task.WhenAll(EventKeys.Ranges(query.ReceivedAfter, query.ReceivedBefore, cursor).Select(range => FirstAsync(range + Conditions(query), query.Limit, cancellationToken)));
        // Of an event that both versions have stored the row of this one is shown, whose partition is the greater.
        var found = streams.SelectMany(rows => rows)
            .OrderBy(row => row.RowKey, StringComparer.Ordinal).ThenByDescending(row => row.PartitionKey, StringComparer.Ordinal)
            .DistinctBy(row => row.RowKey).Take(query.Limit);
        return [.. await Task.WhenAll(found.Select(row => EventAsync(row, cancellationToken)))];
    }

    private async Task<IReadOnlyList<TableEntity>> FirstAsync(string filter, int count, CancellationToken cancellationToken) =>
        await _table.QueryAsync<TableEntity>(filter, maxPerPage: count, cancellationToken: cancellationToken).Take(count).ToListAsync(cancellationToken);

    private static string Conditions(EventQuery query)
    {
        var conditions = "";
        if (query.Name is { } name)
            conditions += TableClient.CreateQueryFilter($" and name eq {name}");

        if (query.ReceivedAfter is { } after)
            conditions += TableClient.CreateQueryFilter($" and at gt {after.UtcTicks}");

        if (query.ReceivedBefore is { } before)
            conditions += TableClient.CreateQueryFilter($" and at lt {before.UtcTicks}");

        return conditions;
    }

    private async Task<(TableEntity Row, int Bytes)> RowAsync(StoredEvent one, CancellationToken cancellationToken)
    {
        if (!EventKeys.TryFind(one.InternalId, out var key))
            throw new ArgumentException($"The internal id '{one.InternalId}' of an event is no ULID.");

        var runs = one.Runs.Select(run => new StartedRunRow(run.Run, run.Function)).ToList();
        var row = new TableEntity(key.Partition, key.Row)
        {
            [RowVersion.Column] = EventKeys.Version,
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
        RowVersion.Require(row, EventKeys.Version);
        return new StoredEvent(
            row.GetString(InternalId),
            row.GetString(Id),
            row.GetString(Name),
            new DateTimeOffset(row.GetInt64(ReceivedAt)!.Value, TimeSpan.Zero),
            new RawJson(await content.GetAsync(row, cancellationToken)),
            [.. JsonSerializer.Deserialize((await content.GetAsync(row, Runs, cancellationToken)).Span, RowJson.Default.ListStartedRunRow)!.Select(run => new StartedRun(run.Run, run.Function))]);
    }
}
