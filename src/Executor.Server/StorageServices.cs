using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Executor.Storage.InMemory;

namespace Stepwell.Executor.Server;

/// <summary>Registers the storage that the settings choose.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageSettings storage) => storage switch
    {
        StorageSettings.Connection connection => services.AddAzureStorage(options =>
        {
            options.ConnectionString = connection.Text;
            options.Prefix = connection.Prefix;
            options.Shards = connection.Shards;
        }),
        StorageSettings.Account account => services.AddAzureStorage(options =>
        {
            options.AccountName = account.Name;
            options.EndpointSuffix = account.Suffix;
            options.Prefix = account.Prefix;
            options.Shards = account.Shards;
        }),
        _ => services.AddInMemoryStorage(),
    };

    /// <summary>Has the queue that was registered tell the pump what arrives.</summary>
    public static void WatchArrivals(this IServiceCollection services)
    {
        var queue = services.Last(service => service.ServiceType == typeof(IWorkQueue));
        services.Remove(queue);
        services.AddSingleton<IWorkQueue>(provider =>
            new WatchedQueue((IWorkQueue)queue.ImplementationFactory!(provider), provider.GetRequiredService<Arrivals>()));
    }
}
