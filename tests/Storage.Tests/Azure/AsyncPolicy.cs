using Azure.Core;
using Azure.Core.Pipeline;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>A policy for requests that are made asynchronously, as all of ours are.</summary>
internal abstract class AsyncPolicy : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException($"{message.Request.Method} {message.Request.Uri} was sent synchronously.");
}
