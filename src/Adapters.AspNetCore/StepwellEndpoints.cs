using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stepwell.Sdk.Serving;

namespace Stepwell.AspNetCore;

/// <summary>Maps the endpoint at which functions are served.</summary>
public static class StepwellEndpoints
{
    /// <summary>Serves the app's functions at a path.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="path">Begins with <c>/</c>: <c>/api/stepwell</c>.</param>
    /// <exception cref="InvalidOperationException">The services are not there, or in production the signing key is missing.</exception>
    public static IEndpointConventionBuilder MapStepwell(this IEndpointRouteBuilder endpoints, string path)
    {
        var served = endpoints.ServiceProvider.GetService<ServedPath>()
            ?? throw new InvalidOperationException("The services of Stepwell are missing: call builder.Services.AddStepwell(client) first.");
        served.Value = path;
        var handler = endpoints.ServiceProvider.GetRequiredService<ServeHandler>();
        RequestDelegate serve = context => ServeAsync(handler, context);
        return endpoints.Map(path, serve);
    }

    private static async Task ServeAsync(ServeHandler handler, HttpContext context)
    {
        var request = context.Request;
        var body = await ReadAsync(request, context.RequestAborted);
        var answer = await handler.HandleAsync(
            new ServeRequest(
                request.Method.ToUpperInvariant(),
                new Uri(request.GetEncodedUrl()),
                name => request.Query.TryGetValue(name, out var values) ? values[0] : null,
                name => request.Headers.TryGetValue(name, out var values) ? values.ToString() : null,
                body,
                context.RequestServices),
            context.RequestAborted);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
