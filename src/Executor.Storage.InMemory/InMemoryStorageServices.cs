using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.InMemory;

/// <summary>Registers the storage inside the process.</summary>
public static class InMemoryStorageServices
{
    public static IServiceCollection AddInMemoryStorage(this IServiceCollection services, int shards = 1)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new InMemoryStorage(provider.GetRequiredService<TimeProvider>(), shards));
        services.AddSingleton<IRunStore>(provider => provider.GetRequiredService<InMemoryStorage>().Runs);
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<InMemoryStorage>().Events);
        services.AddSingleton<IAppStore>(provider => provider.GetRequiredService<InMemoryStorage>().Apps);
        services.AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<InMemoryStorage>().Queue);
        services.AddSingleton<ILiveIndex>(provider => provider.GetRequiredService<InMemoryStorage>().Live);
        services.AddSingleton<IPayloadStore>(provider => provider.GetRequiredService<InMemoryStorage>().Payloads);
        services.AddSingleton<IWaitStore>(provider => provider.GetRequiredService<InMemoryStorage>().Waits);
        services.AddSingleton<IGateStore>(provider => provider.GetRequiredService<InMemoryStorage>().Gates);
        return services;
    }
}
