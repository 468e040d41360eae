using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.Azure.Blobs;

/// <summary>Payloads as blobs.</summary>
internal sealed class AzurePayloadStore(StorageClients clients) : IPayloadStore
{
    private readonly BlobContainerClient _container = clients.Container("payloads");

    public Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => _container.CreateIfMissingAsync(
        () => _container.GetBlobClient(key).UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellationToken),
        cancellationToken);

    public async Task<ReadPayloadOutcome> ReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await _container.GetBlobClient(key).DownloadContentAsync(cancellationToken);
            return new ReadPayloadOutcome.Found(blob.Value.Content.ToMemory());
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return new ReadPayloadOutcome.NotFound();
        }
    }

    public Task RemoveAsync(string folder, CancellationToken cancellationToken) => _container.CreateIfMissingAsync(
        async () =>
        {
            await foreach (var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellationToken))
                await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);

            return true;
        },
        cancellationToken);
}
