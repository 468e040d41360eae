using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>An address that answers every request as the test says, for apps that are broken.</summary>
internal sealed class ScriptedApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private ScriptedApp(WebApplication app, Uri url)
    {
        _app = app;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>How often it was called.</summary>
    public int Calls => _calls;

    public static async Task<ScriptedApp> StartAsync(Func<HttpContext, Task> answer)
    {
        var port = FreePort.Take();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var scripted = new ScriptedApp(app, new Uri($"http://127.0.0.1:{port}/api/app"));
        app.Run(context =>
        {
            Interlocked.Increment(ref scripted._calls);
            return answer(context);
        });
        await app.StartAsync();
        return scripted;
    }

    /// <summary>Registers one function of an app at an address; the event that starts it has the app's name.</summary>
    public static async Task RegisterAsync(ExecutorServer executor, string app, Uri url, int retries)
    {
        var (status, text) = await executor.PostAsync("fn/register", $$$$"""
            {"url":"{{{{url}}}}","appName":"{{{{app}}}}","sdk":"test:v1","functions":[{"id":"{{{{app}}}}-do","name":"do","triggers":[{"event":"{{{{app}}}}"}],
             "steps":{"step":{"id":"step","name":"step","runtime":{"type":"http","url":"{{{{url}}}}?fnId={{{{app}}}}-do&stepId=step"},"retries":{"attempts":{{{{retries}}}} } } } } ] }
            """);
        Assert.True(status == System.Net.HttpStatusCode.OK, text);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
