using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stepwell.AspNetCore;
using Stepwell.Sdk;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>An app of C# functions in this process, behind real HTTP, so that a test sees what its steps do.</summary>
internal sealed class HostedApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostedApp(WebApplication app, Uri url)
    {
        _app = app;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>Serves the functions of a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="port">Where to listen.</param>
    /// <param name="registersItself">False for an app that waits until it is asked to register.</param>
    /// <param name="intercept">Answers a request in the app's place, or returns false.</param>
    public static async Task<HostedApp> StartAsync(
        StepwellClient client, int port, bool registersItself = true, Func<HttpContext, Task<bool>>? intercept = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddStepwell(client);
        if (!registersItself)
            RemoveRegistering(builder.Services);

        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            if (intercept is null || !await intercept(context))
                await next(context);
        });
        app.MapStepwell("/api/stepwell");
        await app.StartAsync();
        return new HostedApp(app, new Uri($"http://127.0.0.1:{port}/api/stepwell"));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void RemoveRegistering(IServiceCollection services)
    {
        var own = services.Where(service =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(StepwellEndpoints).Assembly).ToList();
        Assert.NotEmpty(own);
        own.ForEach(service => services.Remove(service));
    }
}
