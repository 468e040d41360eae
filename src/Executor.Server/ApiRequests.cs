using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Stepwell.Executor.Api;
using Stepwell.Protocol;

namespace Stepwell.Executor.Server;

/// <summary>Translates between Kestrel and the API.</summary>
internal static class ApiRequests
{
    public static async Task HandleAsync(HttpContext context)
    {
        var api = context.RequestServices.GetRequiredService<ExecutorApi>();
        var (body, refused) = await ReadAsync(context);
        var response = refused ?? await api.HandleAsync(Request(context, body), context.RequestAborted);
        context.Response.StatusCode = response.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = response.Body.Length;
        context.Response.Headers[ProtocolHeaders.ServerKind] = api.ServerKind;
        if (response.Allow is not null)
            context.Response.Headers.Allow = response.Allow;

        await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
    }

    private static ApiRequest Request(HttpContext context, ReadOnlyMemory<byte> body)
    {
        // Kestrel has unescaped Path already, %2F excepted; only the raw target tells segments apart.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?', 2)[0];
        return new ApiRequest(
            context.Request.Method.ToUpperInvariant(),
            path,
            name => context.Request.Query.TryGetValue(name, out var values) ? values[0] : null,
            name => context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null,
            body);
    }

    /// <summary>The whole body; or what to answer when it is too large, or does not come as HTTP lays bodies out.</summary>
    private static async Task<(ReadOnlyMemory<byte> Body, ApiResponse? Refused)> ReadAsync(HttpContext context)
    {
        try
        {
            while (true)
            {
                var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
                if (read.IsCompleted)
                {
                    var body = read.Buffer.ToArray();
                    context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                    return (body, null);
                }

                context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException exception)
        {
            return (default, exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ExecutorApi.TooLarge
                : ExecutorApi.Refusal(exception.StatusCode, $"The body cannot be read: {exception.Message}"));
        }
    }
}
