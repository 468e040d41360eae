using System.Collections.Immutable;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Stepwell.EndToEnd.Tests.Upgrade;

/// <summary>What an executor has in its storage: rows, blobs, and the messages that can be seen. Names stand without the prefix.</summary>
/// <param name="RecordedAt">When.</param>
/// <param name="Tables">The rows of each table.</param>
/// <param name="Blobs">The contents of each container, in base 64, by their names.</param>
/// <param name="Queues">The texts of the messages of each queue.</param>
internal sealed record StorageRecording(
    DateTimeOffset RecordedAt,
    ImmutableSortedDictionary<string, ImmutableArray<ImmutableSortedDictionary<string, RecordedValue>>> Tables,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Blobs,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Queues)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static StorageRecording Load(string file) => JsonSerializer.Deserialize<StorageRecording>(File.ReadAllText(file), s_json)!;

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, s_json) + "\n");

    /// <summary>Records what there is under a prefix.</summary>
    public static async Task<StorageRecording> OfAsync(string connectionString, string prefix)
    {
        var now = DateTimeOffset.UtcNow;
        var tables = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<ImmutableSortedDictionary<string, RecordedValue>>>(StringComparer.Ordinal);
        var service = new TableServiceClient(connectionString);
        foreach (var table in await NamesAsync(service.QueryAsync(), table => table.Name, prefix))
        {
            var rows = await service.GetTableClient(prefix + table).QueryAsync<TableEntity>().ToListAsync();
            tables[table] = [.. rows.Select(row => row
                .Where(property => property.Key is not ("odata.etag" or "Timestamp"))
                .ToImmutableSortedDictionary(property => property.Key, property => RecordedValue.Of(property.Value), StringComparer.Ordinal))];
        }

        var blobs = ImmutableSortedDictionary.CreateBuilder<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal);
        var account = new BlobServiceClient(connectionString);
        foreach (var container in await NamesAsync(account.GetBlobContainersAsync(), container => container.Name, prefix))
        {
            var contents = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            var client = account.GetBlobContainerClient(prefix + container);
            await foreach (var blob in client.GetBlobsAsync())
                contents[blob.Name] = Convert.ToBase64String((await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray());

            blobs[container] = contents.ToImmutable();
        }

        var queues = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var messages = new QueueServiceClient(connectionString);
        foreach (var queue in await NamesAsync(messages.GetQueuesAsync(), queue => queue.Name, prefix))
            queues[queue] = [.. (await messages.GetQueueClient(prefix + queue).PeekMessagesAsync(32)).Value.Select(message => message.Body.ToString())];

        return new StorageRecording(now, tables.ToImmutable(), blobs.ToImmutable(), queues.ToImmutable());
    }

    /// <summary>Writes it to storage that is empty.</summary>
    public async Task RestoreAsync(string connectionString, string prefix)
    {
        foreach (var (table, rows) in Tables)
        {
            var client = new TableServiceClient(connectionString).GetTableClient(prefix + table);
            await client.CreateAsync();
            foreach (var row in rows)
                await client.AddEntityAsync(new TableEntity(row.ToDictionary(property => property.Key, property => property.Value.Read())));
        }

        foreach (var (container, contents) in Blobs)
        {
            var client = new BlobServiceClient(connectionString).GetBlobContainerClient(prefix + container);
            await client.CreateAsync();
            foreach (var (name, content) in contents)
                await client.UploadBlobAsync(name, BinaryData.FromBytes(Convert.FromBase64String(content)));
        }

        foreach (var (queue, texts) in Queues)
        {
            var client = new QueueServiceClient(connectionString).GetQueueClient(prefix + queue);
            await client.CreateAsync();
            foreach (var text in texts)
                await client.SendMessageAsync(text);
        }
    }

    private static async Task<List<string>> NamesAsync<T>(IAsyncEnumerable<T> all, Func<T, string> nameOf, string prefix)
    {
        var names = new List<string>();
        await foreach (var one in all)
        {
            if (nameOf(one).StartsWith(prefix, StringComparison.Ordinal))
                names.Add(nameOf(one)[prefix.Length..]);
        }

        return names;
    }
}
