using System.Net;
using Microsoft.Azure.Functions.Worker.Http;
using Stepwell.Executor.Api;
using Stepwell.Protocol;

namespace Stepwell.Executor.Functions;

/// <summary>Translates between the HTTP trigger and the API.</summary>
public sealed class HttpFront(ExecutorApi api)
{
    public async Task<HttpResponseData> HandleAsync(HttpRequestData request, CancellationToken stopping)
    {
        var answer = await ReadAsync(request.Body, stopping) is { } body
            ? await api.HandleAsync(new ApiRequest(request.Method.ToUpperInvariant(), request.Url.AbsolutePath, name => request.Query[name], Header, body), stopping)
            : ExecutorApi.TooLarge;
        var response = request.CreateResponse();
        response.StatusCode = (HttpStatusCode)answer.Status;
        response.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        response.Headers.TryAddWithoutValidation(ProtocolHeaders.ServerKind, api.ServerKind);
        if (answer.Allow is not null)
            response.Headers.TryAddWithoutValidation("Allow", answer.Allow);

        await response.Body.WriteAsync(answer.Body, stopping);
        return response;

        string? Header(string name) => request.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;
    }

    /// <summary>The whole body; null when it is too large.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, CancellationToken stopping)
    {
        var read = new MemoryStream();
        var part = new byte[81_920];
        while (await body.ReadAsync(part, stopping) is var count and > 0)
        {
            read.Write(part, 0, count);
            if (read.Length > ApiOptions.MaxBodyBytes)
                return null;
        }

        return read.GetBuffer().AsMemory(0, (int)read.Length);
    }
}
