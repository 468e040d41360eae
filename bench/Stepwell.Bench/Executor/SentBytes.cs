using Azure.Core;
using Azure.Core.Pipeline;

namespace Stepwell.Bench.Executor;

/// <summary>Sums the bodies of the requests that go to storage, retries included.</summary>
internal sealed class SentBytes : HttpPipelineSynchronousPolicy
{
    private long _total;

    public long Total => Interlocked.Read(ref _total);

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Content is { } content && content.TryComputeLength(out var length))
            Interlocked.Add(ref _total, length);
    }
}
