using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.Functions.Worker.Http;

namespace Stepwell.Testing.FunctionsHost;

/// <summary>The port to listen on.</summary>
internal sealed record ListeningPort(int Number);

/// <summary>Listens for requests, and hands each to the function whose route and methods fit.</summary>
internal sealed class HttpListening(IReadOnlyList<TriggeredFunction> functions, ListeningPort port, Invoker invoker, HostSettings settings, ILogger<HttpListening> logger)
    : IHostedService, IAsyncDisposable
{
    // FUNCTIONS_REQUEST_BODY_SIZE_LIMIT.
    private const long MaxBodyBytes = 104_857_600;

    private readonly WebApplication _web = Create(port.Number);

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_web.Urls.Single());

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in functions)
        {
            if (function.Trigger is not Trigger.Http http)
                continue;

            // "/" is part of "{*path}", also without a prefix.
            var route = _web.Map($"/{settings.RoutePrefix}/{http.Route}".Replace("//", "/", StringComparison.Ordinal), (HttpContext context) => HandleAsync(function, context));
            if (http.Methods.Count > 0)
                route.WithMetadata(new HttpMethodMetadata(http.Methods.Select(method => method.ToUpperInvariant())));
        }

        await _web.StartAsync(cancellationToken);
        logger.Listening(port.Number, string.Join(", ", functions.Select(function => function.Name)));
    }

    public Task StopAsync(CancellationToken cancellationToken) => _web.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static WebApplication Create(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder.Build();
    }

    private async Task HandleAsync(TriggeredFunction function, HttpContext context)
    {
        try
        {
            var answer = (HttpResponseData)(await invoker.CallAsync(
                function, invocation => new HostedRequest(invocation, context.Request, new Uri(context.Request.GetEncodedUrl())), context.RequestAborted))!;
            await WriteAsync(answer, context.Response, context.RequestAborted);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            logger.Failed(exception, function.Name);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static async Task WriteAsync(HttpResponseData answer, HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers)
            response.Headers[name] = values.ToArray();

        answer.Body.Position = 0;
        await answer.Body.CopyToAsync(response.Body, cancellationToken);
    }
}
