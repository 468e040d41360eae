using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Apps, all in one partition.</summary>
internal sealed class AzureAppStore(StorageClients clients, Content content) : IAppStore
{
    private const string Partition = "apps";

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
        // An app id is any text, and a key is not.
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(app.Id)));
        var row = new TableEntity(Partition, key);
        await content.PutAsync(row, $"apps/{key}", JsonSerializer.SerializeToUtf8Bytes(record, RowJson.Default.AppRecord), cancellationToken);
        await _table.CreateIfMissingAsync(() => _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken), cancellationToken);
    }

    public Task<ImmutableArray<RegisteredApp>> ListAsync(CancellationToken cancellationToken) =>
        _table.CreateIfMissingAsync(() => QueryAsync(cancellationToken), cancellationToken);

    private async Task<ImmutableArray<RegisteredApp>> QueryAsync(CancellationToken cancellationToken)
    {
        var apps = new List<Task<RegisteredApp>>();
        await foreach (var row in _table.QueryAsync<TableEntity>(row => row.PartitionKey == Partition, cancellationToken: cancellationToken))
            apps.Add(AppAsync(row, cancellationToken));

        return [.. await Task.WhenAll(apps)];
    }

    private async Task<RegisteredApp> AppAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var record = JsonSerializer.Deserialize((await content.GetAsync(row, cancellationToken)).Span, RowJson.Default.AppRecord)!;
        return new RegisteredApp(record.Id, record.Url, record.Sdk, record.Framework, record.RegisteredAt, [.. record.Functions]) { Archived = [.. record.Archived] };
    }
}
