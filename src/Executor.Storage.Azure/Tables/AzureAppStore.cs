using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Apps, all in one partition, and the paused functions, all in another.</summary>
internal sealed class AzureAppStore(StorageClients clients, Content content) : IAppStore
{
    private const string Partition = "apps";
    private const string PausedPartition = "paused";
    private const string Function = "Function";

    private readonly TableClient _table = clients.Table("apps");

    public async Task SaveAsync(RegisteredApp app, CancellationToken cancellationToken)
    {
        var record = new AppRecord
        {
            Id = app.Id,
            Url = app.Url,
            Sdk = app.Sdk,
            Framework = app.Framework,
            RegisteredAt = app.RegisteredAt,
            Archived = [.. app.Archived],
            Functions = [.. app.Functions],
        };
        var key = KeyOf(app.Id);
        var row = new TableEntity(Partition, key) { [RowVersion.Column] = RowVersion.Current };
        await content.PutAsync(row, $"apps/{key}", JsonSerializer.SerializeToUtf8Bytes(record, RowJson.Default.AppRecord), cancellationToken);
        await _table.CreateIfMissingAsync(() => _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken), cancellationToken);
    }

    public Task<StoredApps> ReadAsync(CancellationToken cancellationToken) =>
        _table.CreateIfMissingAsync(() => QueryAsync(cancellationToken), cancellationToken);

    public Task SetPausedAsync(FunctionId function, bool isPaused, CancellationToken cancellationToken)
    {
        var row = new TableEntity(PausedPartition, KeyOf(function.Value)) { [RowVersion.Column] = RowVersion.Current, [Function] = function.Value };
        return isPaused
            ? _table.CreateIfMissingAsync(() => _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken), cancellationToken)
            : _table.DeleteIfPresentAsync(row, cancellationToken);
    }

    /// <summary>All rows, of which there are few, in one request.</summary>
    private async Task<StoredApps> QueryAsync(CancellationToken cancellationToken)
    {
        var apps = new List<Task<RegisteredApp>>();
        var paused = ImmutableHashSet.CreateBuilder<FunctionId>();
        await foreach (var row in _table.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            RowVersion.Require(row);
            if (row.PartitionKey == PausedPartition)
                paused.Add(FunctionId.Parse(row.GetString(Function)));
            else
                apps.Add(AppAsync(row, cancellationToken));
        }

        return new StoredApps([.. await Task.WhenAll(apps)], paused.ToImmutable());
    }

    // An id is any text, and a key is not.
    private static string KeyOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private async Task<RegisteredApp> AppAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var record = JsonSerializer.Deserialize((await content.GetAsync(row, cancellationToken)).Span, RowJson.Default.AppRecord)!;
        return new RegisteredApp(record.Id, record.Url, record.Sdk, record.Framework, record.RegisteredAt, [.. record.Functions]) { Archived = [.. record.Archived] };
    }
}
