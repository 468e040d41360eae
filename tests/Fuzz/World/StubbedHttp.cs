namespace Stepwell.Fuzz.Tests.World;

/// <summary>The other side of HTTP, in the same process.</summary>
internal sealed class StubbedHttp(Func<HttpRequestMessage, HttpAnswer> answer) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request).ToResponse(request));
}
