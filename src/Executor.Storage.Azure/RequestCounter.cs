using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Stepwell.Executor.Storage.Azure;

/// <summary>Counts the requests that go to storage, retries included.</summary>
public sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private readonly ConcurrentDictionary<RequestKind, int> _counts = [];

    /// <summary>The number of requests of a kind so far.</summary>
    public int this[RequestKind kind] => _counts.GetValueOrDefault(kind);

    /// <summary>The number of all requests so far.</summary>
    public int Total => _counts.Values.Sum();

    /// <summary>Begins again at zero.</summary>
    public void Reset() => _counts.Clear();

    /// <summary>The counts that are not zero, for people.</summary>
    public override string ToString() => string.Join(", ", _counts.OrderBy(count => count.Key).Select(count => $"{count.Key} {count.Value}"));

    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message) => _counts.AddOrUpdate(KindOf(message.Request), 1, (_, count) => count + 1);

    private static RequestKind KindOf(Request request)
    {
        var uri = request.Uri.ToUri();
        var path = uri.AbsolutePath;
        var isRead = request.Method == RequestMethod.Get || request.Method == RequestMethod.Head;
        if (path.EndsWith("/messages", StringComparison.Ordinal))
            return isRead ? RequestKind.QueueGet : RequestKind.QueuePut;

        if (path.Contains("/messages/", StringComparison.Ordinal))
            return request.Method == RequestMethod.Delete ? RequestKind.QueueDelete : RequestKind.QueueUpdate;

        if (uri.Query.Contains("restype=container", StringComparison.Ordinal) || path.EndsWith("/Tables", StringComparison.Ordinal))
            return RequestKind.Create;

        var isTable = request.Headers.TryGetValue("DataServiceVersion", out _) || path.EndsWith("$batch", StringComparison.Ordinal) || path.EndsWith(')');
        if (isTable)
            return isRead ? RequestKind.TableRead : RequestKind.TableWrite;

        var isQueue = request.Method == RequestMethod.Put && !request.Headers.TryGetValue("x-ms-blob-type", out _);
        return isQueue ? RequestKind.Create : isRead ? RequestKind.BlobRead : RequestKind.BlobWrite;
    }
}
