using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Stepwell.Testing.Azurite;

namespace Stepwell.Crash.Tests;

/// <summary>What the crash test takes for granted: an Azurite that is stopped keeps what it has said yes to.</summary>
public sealed class StoppedAzuriteTests : IDisposable
{
    private const int Many = 50;

    private readonly string _folder = Directory.CreateTempSubdirectory("stepwell-azurite-").FullName;

    [Fact]
    public async Task What_was_written_just_before_an_Azurite_was_stopped_is_there_when_it_is_started_again()
    {
        var ports = new AzuritePorts(StablePort.Take(), StablePort.Take(), StablePort.Take());
        await using var before = await AzuriteProcess.StartInFolderAsync(_folder, ports);
        var table = new TableClient(before.ConnectionString, "kept");
        var queue = new QueueClient(before.ConnectionString, "kept");
        var container = new BlobContainerClient(before.ConnectionString, "kept");
        await Task.WhenAll(table.CreateAsync(), queue.CreateAsync(), container.CreateAsync());
        for (var i = 0; i < Many; i++)
        {
            await table.AddEntityAsync(new TableEntity("one", $"{i}") { ["value"] = i });
            await queue.SendMessageAsync($"{i}");
            await container.UploadBlobAsync($"{i}", BinaryData.FromString($"{i}"));
        }

        var taken = (await queue.ReceiveMessagesAsync(1, TimeSpan.FromHours(1))).Value.Single();
        var etag = (await table.GetEntityAsync<TableEntity>("one", "7")).Value.ETag;
        await before.StopAsync();
        await using var after = await AzuriteProcess.StartInFolderAsync(_folder, ports);

        Assert.Equal(ports, after.Ports);
        Assert.Equal(Many, await table.QueryAsync<TableEntity>().CountAsync());
        await table.UpdateEntityAsync(new TableEntity("one", "7") { ["value"] = 0 }, etag, TableUpdateMode.Replace);
        var messages = new List<string>();
        while ((await queue.ReceiveMessagesAsync(32, TimeSpan.FromHours(1))).Value is { Length: > 0 } more)
            messages.AddRange(more.Select(message => message.MessageText));

        Assert.Equal(Enumerable.Range(0, Many).Select(i => $"{i}").Where(text => text != taken.MessageText).Order(StringComparer.Ordinal), messages.Order(StringComparer.Ordinal));
        await queue.DeleteMessageAsync(taken.MessageId, taken.PopReceipt);
        for (var i = 0; i < Many; i++)
            Assert.Equal($"{i}", (await container.GetBlobClient($"{i}").DownloadContentAsync()).Value.Content.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
