using System.Net.Sockets;
using Stepwell.Executor.Api;
using Stepwell.Executor.Hosting;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Server;

/// <summary>Puts the API behind Kestrel and the engine behind a pump. Both are the very ones that run on Azure Functions.</summary>
public static class ServerHost
{
    // What is left to do when all calls have ended or been given back: a few commits.
    private static readonly TimeSpan s_lastWrites = TimeSpan.FromSeconds(10);

    /// <summary>Serves until it is told to stop. Returns the exit code: 1 when it cannot begin, whose reason is on the standard error.</summary>
    /// <param name="settings">Where it listens, what it stores where.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="configure">Changes its services, for example to watch one; null: as they are.</param>
    public static async Task<int> RunAsync(ExecutorSettings settings, CancellationToken cancellationToken, Action<IServiceCollection>? configure = null)
    {
        await using var app = Create(settings, configure);
        if (await StorageProbe.FindProblemAsync(app.Services, settings.Storage, cancellationToken) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return 1;
        }

        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"The server cannot listen on {settings.Host}:{settings.Port}: {exception.Message}");
            return 1;
        }

        app.Logger.Listening(string.Join(", ", app.Urls), settings.IsDev ? " in development mode, without keys" : "", Describe(settings.Storage));
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static WebApplication Create(ExecutorSettings settings, Action<IServiceCollection>? configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var engine = new EngineOptions { SigningKeys = settings.SigningKeys, RetryInterval = settings.RetryInterval, Retention = settings.Retention };
        builder.WebHost.UseUrls($"http://{(settings.Host.Contains(':', StringComparison.Ordinal) ? $"[{settings.Host}]" : settings.Host)}:{settings.Port}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ApiOptions.MaxBodyBytes;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = engine.StopGrace + s_lastWrites);
        builder.Services.AddSingleton(settings);
        builder.Services.AddStorage(settings.Storage);
        builder.Services.AddSingleton(_ => new LocalWorkers(settings.Concurrency));
        builder.Services.AddSingleton<ILocalWorkers>(services => services.GetRequiredService<LocalWorkers>());
        builder.Services.AddSingleton<Arrivals>();
        builder.Services.WatchArrivals();
        builder.Services.AddStepwellEngine(engine);
        builder.Services.AddStepwellApi(new ApiOptions { IsDev = settings.IsDev, EventKeys = settings.EventKeys, SigningKeys = settings.SigningKeys });
        builder.Services.AddHostedService<QueuePump>();
        builder.Services.AddHostedService<SweepTimer>();
        builder.Services.AddHostedService<CronTimer>();
        builder.Services.AddHostedService<AppPoller>();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.Run(ApiRequests.HandleAsync);
        return app;
    }

    private static string Describe(StorageSettings storage) => storage switch
    {
        StorageSettings.Connection => "in the storage account of the connection string",
        StorageSettings.Account account => $"in the storage account '{account.Name}'",
        _ => "in memory: nothing survives a restart",
    };
}
