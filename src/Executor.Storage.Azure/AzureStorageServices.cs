using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.Azure.Blobs;
using Stepwell.Executor.Storage.Azure.Queues;
using Stepwell.Executor.Storage.Azure.Tables;

namespace Stepwell.Executor.Storage.Azure;

/// <summary>Registers the storage of an Azure Storage account.</summary>
public static class AzureStorageServices
{
    /// <exception cref="ArgumentException">An option cannot be used; the message says which and why.</exception>
    public static IServiceCollection AddAzureStorage(this IServiceCollection services, Action<AzureStorageOptions> configure)
    {
        var options = new AzureStorageOptions();
        configure(options);
        var clients = new StorageClients(options);
        var payloads = new AzurePayloadStore(clients);
        var content = new Content(payloads);
        services.AddSingleton<IPayloadStore>(_ => payloads);
        services.AddSingleton<IRunStore>(_ => new AzureRunStore(clients, content));
        services.AddSingleton<IEventStore>(_ => new AzureEventStore(clients, content));
        services.AddSingleton<IAppStore>(_ => new AzureAppStore(clients, content));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ILiveIndex>(provider => new AzureLiveIndex(
            clients, provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<AzureLiveIndex>>() ?? NullLogger<AzureLiveIndex>.Instance));
        services.AddSingleton<IWaitStore>(_ => new AzureWaitStore(clients, content));
        services.AddSingleton<IGateStore>(_ => new AzureGateStore(clients));
        services.AddSingleton<IWorkQueue>(_ => new AzureWorkQueue(clients, options));
        return services;
    }
}
