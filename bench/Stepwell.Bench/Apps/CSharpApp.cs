using Stepwell.AspNetCore;
using Stepwell.Sdk;

namespace Stepwell.Bench.Apps;

/// <summary>The functions by the C# SDK, in this process behind real HTTP.</summary>
internal static class CSharpApp
{
    public static async Task<IAsyncDisposable> StartAsync(Uri executor, Reports reports, CancellationToken cancellationToken)
    {
        var client = new StepwellClient("bench", BenchEventsJson.Default, new StepwellOptions { IsDev = true, BaseUrl = executor });
        BenchFunctions.AddTo(client, reports);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddStepwell(client);
        var app = builder.Build();
        app.MapStepwell("/api/stepwell");
        await app.StartAsync(cancellationToken);
        return app;
    }
}
