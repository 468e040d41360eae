using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Waits, a partition a place, so that finding those that an event matches is one query whatever else is waited for.</summary>
internal sealed class AzureWaitStore(StorageClients clients, Content content) : IWaitStore
{
    private const int MaxListed = 10_000;
    private const string Fields = "fields";

    private readonly TableClient _table = clients.Table("waits");

    // What this process has seen in the lists: they only grow, so that each field is written once.
    private readonly ConcurrentDictionary<(string Topic, string Fields), bool> _listed = new();

    public async Task<StoredWait> AddAsync(StoredWait wait, CancellationToken cancellationToken)
    {
        await ListAsync(wait.Place, cancellationToken);
        var row = await WaitRow.OfAsync(wait, content, cancellationToken);
        try
        {
            await _table.CreateIfMissingAsync(() => _table.AddEntityAsync(row, cancellationToken), cancellationToken);
            return wait;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            // Should it go in this very moment, whoever asked asks again.
            return await ReadAsync(wait.Place, wait.Slot, cancellationToken) ?? wait;
        }
    }

    public Task<ImmutableArray<string>> FieldsAsync(string topic, CancellationToken cancellationToken) => _table.CreateIfMissingAsync(
        async () =>
        {
            var partition = WaitKeys.Partition(topic);
            var fields = new List<string>();
            await foreach (var row in _table.QueryAsync<TableEntity>(row => row.PartitionKey == partition, cancellationToken: cancellationToken))
                fields.Add(Encoding.UTF8.GetString((await content.GetAsync(row, Fields, cancellationToken)).Span));

            return fields.ToImmutableArray();
        },
        cancellationToken);

    public Task<ImmutableArray<StoredWait>> FindAsync(WaitPlace place, CancellationToken cancellationToken) => _table.CreateIfMissingAsync(
        async () =>
        {
            var partition = WaitKeys.Partition(place);
            var found = new List<Task<StoredWait>>();
            await foreach (var row in _table.QueryAsync<TableEntity>(row => row.PartitionKey == partition, cancellationToken: cancellationToken))
                found.Add(WaitRow.ToWaitAsync(row, place, content, cancellationToken));

            return ImmutableArray.Create(await Task.WhenAll(found));
        },
        cancellationToken);

    public async Task<StoredWait?> ReadAsync(WaitPlace place, string slot, CancellationToken cancellationToken)
    {
        var row = await _table.CreateIfMissingAsync(
            () => _table.GetEntityIfExistsAsync<TableEntity>(WaitKeys.Partition(place), slot, cancellationToken: cancellationToken), cancellationToken);
        return row.HasValue ? await WaitRow.ToWaitAsync(row.Value!, place, content, cancellationToken) : null;
    }

    public async Task<StoredWait?> CatchAsync(StoredWait wait, RawJson what, CancellationToken cancellationToken)
    {
        var found = wait.Version is null ? await OwnAsync(wait, cancellationToken) : wait;
        while (found is { Caught: null })
        {
            var row = await WaitRow.CaughtAsync(wait, what, content, cancellationToken);
            try
            {
                await _table.UpdateEntityAsync(row, new ETag(found.Version!), TableUpdateMode.Merge, cancellationToken);
                return found with { Caught = what };
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 412)
            {
                // Something else was left there first, or the wait is over: the newest row says which.
                found = await OwnAsync(wait, cancellationToken);
            }
        }

        return found;
    }

    public async Task RemoveAsync(StoredWait wait, CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = ETag.All;
            if (!wait.HasSlotToItself)
            {
                if (await OwnAsync(wait, cancellationToken) is not { } own)
                    return;

                version = new ETag(own.Version!);
            }

            try
            {
                await _table.DeleteEntityAsync(WaitKeys.Partition(wait.Place), wait.Slot, version, cancellationToken);
                return;
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                return;
            }
            catch (RequestFailedException changed) when (changed.Status == 412)
            {
                // Something was left there, or another took the slot: the newest row says which.
            }
        }
    }

    private async Task<StoredWait?> OwnAsync(StoredWait wait, CancellationToken cancellationToken) =>
        await ReadAsync(wait.Place, wait.Slot, cancellationToken) is { } found && found.Run == wait.Run && found.Step == wait.Step ? found : null;

    private async Task ListAsync(WaitPlace place, CancellationToken cancellationToken)
    {
        if (_listed.ContainsKey((place.Topic, place.Fields)))
            return;

        var row = new TableEntity(WaitKeys.Partition(place.Topic), WaitKeys.Row(place.Fields));
        await content.PutAsync(row, Fields, "waits/fields", Encoding.UTF8.GetBytes(place.Fields), cancellationToken);
        await _table.CreateIfMissingAsync(() => _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken), cancellationToken);
        // When it is full it starts afresh: what is in use is written once more.
        if (_listed.Count >= MaxListed)
            _listed.Clear();

        _listed[(place.Topic, place.Fields)] = true;
    }
}
