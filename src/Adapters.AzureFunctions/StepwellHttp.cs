using System.Net;
using Microsoft.Azure.Functions.Worker.Http;
using Stepwell.Sdk.Serving;

namespace Stepwell.AzureFunctions;

/// <summary>Serves the app's functions to the requests of an HTTP trigger.</summary>
/// <param name="handler">The functions.</param>
public sealed class StepwellHttp(ServeHandler handler)
{
    /// <summary>Answers a request, whatever its method. The trigger is anonymous: requests are signed.</summary>
    /// <param name="request">The request as the trigger gives it.</param>
    /// <param name="cancellationToken">The function's own: fires when the host stops. Steps under way are told.</param>
    /// <exception cref="InvalidOperationException">In production the signing key is missing.</exception>
    public async Task<HttpResponseData> HandleAsync(HttpRequestData request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // The signature is over the bytes as they came.
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var answer = await handler.HandleAsync(
            new ServeRequest(
                request.Method.ToUpperInvariant(),
                request.Url,
                name => request.Query[name],
                name => request.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null,
                body.GetBuffer().AsMemory(0, (int)body.Length),
                request.FunctionContext.InstanceServices),
            cancellationToken);
        var response = request.CreateResponse();
        response.StatusCode = (HttpStatusCode)answer.Status;
        response.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        foreach (var (name, value) in answer.Headers)
            response.Headers.TryAddWithoutValidation(name, value);

        await response.Body.WriteAsync(answer.Body, cancellationToken);
        return response;
    }
}
