using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Keeps what was sent.</summary>
internal sealed class SentRequests : AsyncPolicy
{
    private readonly ConcurrentQueue<SentRequest> _all = new();

    public IReadOnlyList<SentRequest> All => [.. _all];

    /// <summary>The table transactions among them.</summary>
    public IReadOnlyList<IReadOnlyList<TableChange>> Transactions =>
        [.. All.Where(request => request.Uri.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal)).Select(request => TableChange.ReadTransaction(request.Body))];

    public void Clear() => _all.Clear();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        _all.Enqueue(await SentRequest.OfAsync(message.Request, message.CancellationToken));
        await ProcessNextAsync(message, pipeline);
    }
}
