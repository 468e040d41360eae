using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stepwell.AspNetCore;
using Stepwell.Sdk.Serving;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Hosting;

/// <summary>A web app with functions, on a real port.</summary>
internal sealed class HostedApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostedApp(WebApplication app, KeptLog log)
    {
        _app = app;
        Log = log;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public KeptLog Log { get; }

    public HttpClient Http { get; }

    public static async Task<HostedApp> StartAsync(StepwellClient client, Action<StepwellBuilder, IServiceCollection>? configure = null, string? path = "/api/stepwell", TimeProvider? time = null)
    {
        var log = new KeptLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        var stepwell = builder.Services.AddStepwell(client);
        configure?.Invoke(stepwell, builder.Services);
        var app = builder.Build();
        if (path is not null)
            app.MapStepwell(path);

        await app.StartAsync();
        return new HostedApp(app, log);
    }

    /// <summary>Makes a call as the executor does.</summary>
    public async Task<Answer> CallAsync(Call call, CancellationToken cancellationToken = default)
    {
        using var content = new ByteArrayContent(call.Body());
        using var response = await Http.PostAsync(new Uri($"/api/stepwell?fnId={call.Function}&stepId={call.StepId}", UriKind.Relative), content, cancellationToken);
        return new Answer(
            (int)response.StatusCode,
            response.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value)),
            await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
