using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>States of flow control, a partition a key.</summary>
internal sealed class AzureGateStore(StorageClients clients) : IGateStore
{
    private const string Row = "gate";
    private const string State = "s";

    // A property holds 64 KiB. A longer state goes on in "s1", "s2" and so on; a row holds a mebibyte.
    private const int PartLength = 60 * 1024;

    // Begins the keys of the rows of those who wait; the other is the first text after all of those.
    private const string Waiter = "w-";
    private const string AfterWaiter = "w.";
    private const string Order = "order";
    private const string Run = "run";
    private const string Item = "item";

    private readonly TableClient _table = clients.Table("limits");

    public async Task<StoredGate> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var row = await _table.CreateIfMissingAsync(
            () => _table.GetEntityIfExistsAsync<TableEntity>(key, Row, cancellationToken: cancellationToken), cancellationToken);
        return row.HasValue ? new StoredGate(new RawJson(StateOf(row.Value!)), row.Value!.ETag.ToString()) : new StoredGate(RawJson.Null, null);
    }

    public async Task<bool> WriteAsync(string key, StoredGate before, RawJson state, CancellationToken cancellationToken)
    {
        var row = new TableEntity(key, Row) { [RowVersion.Column] = RowVersion.Current };
        for (var part = 0; part == 0 || part * PartLength < state.Utf8.Length; part++)
            row[NameOf(part)] = state.Utf8[(part * PartLength)..Math.Min(state.Utf8.Length, (part + 1) * PartLength)].ToArray();

        try
        {
            await _table.CreateIfMissingAsync(
                () => before.Version is { } version
                    ? _table.UpdateEntityAsync(row, new ETag(version), TableUpdateMode.Replace, cancellationToken)
                    : _table.AddEntityAsync(row, cancellationToken),
                cancellationToken);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 409 or 412 or 404)
        {
            // A first try of ours whose answer was lost counts as another's: whoever asks reads again, and finds its own state there.
            return false;
        }
    }

    public Task EnqueueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken) => _table.CreateIfMissingAsync(
        () => _table.UpsertEntityAsync(RowOf(key, waiter), TableUpdateMode.Replace, cancellationToken), cancellationToken);

    public Task<ImmutableArray<GateWaiter>> FirstAsync(string key, int max, CancellationToken cancellationToken) => _table.CreateIfMissingAsync(
        async () =>
        {
            var found = new List<GateWaiter>();
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey ge {Waiter} and RowKey lt {AfterWaiter}");
            await foreach (var row in _table.QueryAsync<TableEntity>(filter, maxPerPage: max, cancellationToken: cancellationToken))
            {
                RowVersion.Require(row);
                found.Add(new GateWaiter(row.GetString(Order), RunId.Parse(row.GetString(Run)), StepKey.Parse(row.GetString(Item))) { Version = row.ETag.ToString() });
                if (found.Count == max)
                    break;
            }

            return found.ToImmutableArray();
        },
        cancellationToken);

    public async Task DequeueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken)
    {
        try
        {
            var row = RowOf(key, waiter);
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, waiter.Version is { } version ? new ETag(version) : ETag.All, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 412)
        {
            // It is gone, as it should be; or it has come anew.
        }
    }

    private static byte[] StateOf(TableEntity row)
    {
        RowVersion.Require(row);
        return [.. Enumerable.Range(0, int.MaxValue).Select(part => row.GetBinary(NameOf(part))).TakeWhile(part => part is not null).SelectMany(part => part)];
    }

    private static string NameOf(int part) => part == 0 ? State : $"{State}{part}";

    private static TableEntity RowOf(string key, GateWaiter waiter) => new(key, $"{Waiter}{waiter.Order}-{waiter.Run}-{waiter.Item}")
    {
        [RowVersion.Column] = RowVersion.Current,
        [Order] = waiter.Order,
        [Run] = waiter.Run.Value,
        [Item] = waiter.Item.Value,
    };
}
