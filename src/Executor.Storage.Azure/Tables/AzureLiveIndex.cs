using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Live runs in a few partitions, each ordered by the time of the next look.</summary>
internal sealed class AzureLiveIndex : ILiveIndex, IAsyncDisposable, IDisposable
{
    // A partition takes 2,000 rows a second; each costs the sweep a query.
    private const string Partitions = "0123";

    private readonly TableClient _table;
    private readonly Dictionary<string, GroupedWrites> _writes;

    public AzureLiveIndex(StorageClients clients, TimeProvider time, ILogger<AzureLiveIndex> logger)
    {
        _table = clients.Table("live");
        _writes = Partitions.ToDictionary(partition => partition.ToString(), _ => new GroupedWrites(
            rows => _table.CreateIfMissingAsync(() => _table.WriteAsync(rows, CancellationToken.None), CancellationToken.None),
            time,
            logger.EndedNotRemoved));
    }

    public Task AddAsync(ImmutableArray<LiveEntry> entries, CancellationToken cancellationToken) =>
        WriteAsync(entries.Distinct().Select(entry => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(entry))), cancellationToken);

    public async Task MoveAsync(LiveEntry entry, DateTimeOffset checkAt, CancellationToken cancellationToken)
    {
        var moved = entry with { CheckAt = checkAt };
        if (moved == entry)
        {
            await AddAsync([moved], cancellationToken);
            return;
        }

        try
        {
            await _table.SubmitTransactionAsync(
                [
                    Removal(entry),
                    new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(moved)),
                ],
                cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            await AddAsync([moved], cancellationToken);
        }
    }

    public Task RemoveAsync(LiveEntry entry, CancellationToken cancellationToken) =>
        WriteAsync([Removal(entry)], cancellationToken);

    public void RemoveSoon(LiveEntry entry) => _writes[PartitionOf(entry)].WriteLater(Removal(entry));

    public async Task<ImmutableArray<LiveEntry>> DueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken)
    {
        var due = await Task.WhenAll(Partitions.Select(partition =>
            _table.CreateIfMissingAsync(() => QueryAsync(partition.ToString(), now, max, cancellationToken), cancellationToken)));
        return [.. due.SelectMany(entries => entries).OrderBy(entry => entry.CheckAt).Take(max)];
    }

    public async IAsyncEnumerable<LiveEntry> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What is missing has no rows.
        await _table.CreateIfMissingAsync(() => QueryAsync(Partitions[..1], DateTimeOffset.MinValue, 1, cancellationToken), cancellationToken);
        await foreach (var row in _table.QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: cancellationToken))
            yield return EntryOf(row);
    }

    /// <summary>Removes what was to be removed soon.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_writes.Values.Select(writes => writes.FlushAsync()));
        Dispose();
    }

    /// <summary>Leaves what was to be removed soon to the sweep.</summary>
    public void Dispose()
    {
        foreach (var writes in _writes.Values)
            writes.Dispose();
    }

    private Task WriteAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken) => Task.WhenAll(
        actions.GroupBy(action => action.Entity.PartitionKey).Select(partition => _writes[partition.Key].WriteAsync(partition))).WaitAsync(cancellationToken);

    private async Task<List<LiveEntry>> QueryAsync(string partition, DateTimeOffset now, int max, CancellationToken cancellationToken)
    {
        // The character after the one that ends the time in a key: whatever is due at this very time comes before it.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {$"{TextOf(now)}`"}");
        var found = new List<LiveEntry>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, maxPerPage: max, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            found.Add(EntryOf(row));
            if (found.Count == max)
                break;
        }

        return found;
    }

    private static LiveEntry EntryOf(TableEntity row)
    {
        var parts = row.RowKey.Split('_');
        return new LiveEntry(RunId.Parse(parts[1]), new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero));
    }

    private static TableTransactionAction Removal(LiveEntry entry) => new(TableTransactionActionType.Delete, Row(entry), ETag.All);

    private static TableEntity Row(LiveEntry entry) => new(PartitionOf(entry), $"{TextOf(entry.CheckAt)}_{entry.Run}");

    private static string PartitionOf(LiveEntry entry) => Partitions[entry.Run.Value[^1] % Partitions.Length].ToString();

    private static string TextOf(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
