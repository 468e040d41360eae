using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Executor.Storage.InMemory;

namespace Stepwell.Executor.Hosting;

/// <summary>Registers the storage that the settings choose.</summary>
public static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageSettings storage) => storage switch
    {
        StorageSettings.Connection connection => services.AddAzureStorage(options =>
        {
            options.ConnectionString = connection.Text;
            options.Prefix = connection.Prefix;
            options.Shards = connection.Shards;
            foreach (var policy in connection.Policies)
                options.Policies.Add(policy);
        }),
        StorageSettings.Account account => services.AddAzureStorage(options =>
        {
            options.AccountName = account.Name;
            options.EndpointSuffix = account.Suffix;
            options.Credential = account.ClientId is { } id ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id)) : null;
            options.Prefix = account.Prefix;
            options.Shards = account.Shards;
        }),
        _ => services.AddInMemoryStorage(),
    };
}
