using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Operations;

/// <summary>Registers the engine. Storage is registered beside it.</summary>
public static class EngineServices
{
    private static readonly TimeSpan s_syncTimeout = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddStepwellEngine(this IServiceCollection services, EngineOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ILocalWorkers, NoLocalWorkers>();
        services.AddSingleton(options);
        services.AddSingleton<LocalStarts>();
        services.AddSingleton<WorkSender>();
        services.AddSingleton<AppDirectory>();
        services.AddSingleton<StartTriggered>();
        services.AddSingleton<KeepWaits>();
        services.AddSingleton<AskToLook>();
        services.AddSingleton<MatchWaits>();
        services.AddSingleton<Gates>();
        services.AddSingleton<LimitStarts>();
        services.AddSingleton<HoldSlots>();
        // An event may cancel a run, whose end may be an event: hence found when it is needed.
        services.AddSingleton<Func<ApplyFact>>(provider => provider.GetRequiredService<ApplyFact>);
        services.AddSingleton<StartFunction>();
        services.AddSingleton<SendSignal>();
        services.AddSingleton<InvokeChild>();
        services.AddSingleton<ParkWaits>();
        services.AddSingleton<LookAtWait>();
        services.AddSingleton<TellEnd>();
        services.AddSingleton<CommitEffects>();
        services.AddSingleton<ApplyFact>();
        services.AddSingleton<StartRun>();
        services.AddSingleton<IngestEvents>();
        services.AddSingleton<SyncApp>();
        services.AddSingleton<CancelRun>();
        services.AddSingleton<CancelRuns>();
        services.AddSingleton<PauseFunction>();
        services.AddSingleton<CheckpointRun>();
        services.AddSingleton<RunSessions>();
        services.AddSingleton<ItemWork>();
        services.AddSingleton<AdvanceRun>();
        services.AddSingleton<GiveUpMessage>();
        services.AddSingleton<Sweep>();
        services.AddSingleton<ForgetEnded>();
        services.AddSingleton<FireCron>();
        services.AddSingleton<IAppCalls>(provider => new AppCaller(
            // Calls have a timeout of their own.
            new HttpClient(AppConnections.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan },
            provider.GetRequiredService<TimeProvider>(),
            options));
        services.AddSingleton<IGatewayCalls>(provider => new GatewayCaller(
            new HttpClient(AppConnections.CreateHandler(followsRedirects: true)) { Timeout = Timeout.InfiniteTimeSpan },
            provider.GetRequiredService<TimeProvider>(),
            options));
        services.AddSingleton(provider => new AppSync(
            new HttpClient(AppConnections.CreateHandler()) { Timeout = s_syncTimeout },
            provider.GetRequiredService<SyncApp>(),
            options,
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
