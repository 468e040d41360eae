using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Stepwell.Executor.Api;
using Stepwell.Executor.Hosting;
using Stepwell.Executor.Operations;

namespace Stepwell.Executor.Functions;

/// <summary>Puts the engine behind the triggers. Nothing is asked of storage before there is something to do.</summary>
internal static class ExecutorApp
{
    /// <exception cref="InvalidOperationException">Settings are missing or wrong; the message says which, all at once.</exception>
    public static void AddExecutor(this FunctionsApplicationBuilder builder)
    {
        var host = HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json"), builder.Configuration);
        var settings = FunctionsSettings.Read(builder.Configuration, host);
        builder.Services.AddSingleton<HttpFront>();
        builder.Services.AddSingleton<RunQueue>();
        builder.Services.AddSingleton<MinuteTimer>();
        builder.Services.AddStorage(settings.Storage);
        builder.Services.AddStepwellEngine(host.Bound(new EngineOptions { SigningKeys = settings.SigningKeys, RetryInterval = settings.RetryInterval, Retention = settings.Retention }));
        builder.Services.AddStepwellApi(new ApiOptions { IsDev = settings.IsDev, EventKeys = settings.EventKeys, SigningKeys = settings.SigningKeys });
    }
}
