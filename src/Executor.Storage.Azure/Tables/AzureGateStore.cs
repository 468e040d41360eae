using Azure;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>States of flow control, a partition a key.</summary>
internal sealed class AzureGateStore(StorageClients clients) : IGateStore
{
    private const string Row = "gate";
    private const string State = "s";

    private readonly TableClient _table = clients.Table("limits");

    public async Task<StoredGate> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var row = await _table.CreateIfMissingAsync(
            () => _table.GetEntityIfExistsAsync<TableEntity>(key, Row, cancellationToken: cancellationToken), cancellationToken);
        return row.HasValue ? new StoredGate(new RawJson(row.Value!.GetBinary(State)), row.Value.ETag.ToString()) : new StoredGate(RawJson.Null, null);
    }

    public async Task<bool> WriteAsync(string key, StoredGate before, RawJson state, CancellationToken cancellationToken)
    {
        var row = new TableEntity(key, Row) { [State] = state.Utf8.ToArray() };
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
}
