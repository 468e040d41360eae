using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Keeps requests from being sent, so that a test may name any account.</summary>
internal sealed class NoNetwork : AsyncPolicy
{
    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new HttpListenerException(0, "Nothing is sent in this test.");
}
