using Microsoft.Extensions.DependencyInjection;

namespace Stepwell.Executor.Api;

/// <summary>Registers the HTTP API. The engine is registered beside it.</summary>
public static class ApiServices
{
    public static IServiceCollection AddStepwellApi(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<AccessRule>();
        services.AddSingleton<ExecutorApi>();
        services.AddSingleton<IEndpoint, SendEventsEndpoint>();
        services.AddSingleton<IEndpoint, RegisterEndpoint>();
        services.AddSingleton<IEndpoint, DevEndpoint>();
        services.AddSingleton<IEndpoint, HealthEndpoint>();
        services.AddSingleton<IEndpoint, ListEventsEndpoint>();
        services.AddSingleton<IEndpoint, ReadEventEndpoint>();
        services.AddSingleton<IEndpoint, EventRunsEndpoint>();
        services.AddSingleton<IEndpoint, ReadRunEndpoint>();
        services.AddSingleton<IEndpoint, CancelRunEndpoint>();
        services.AddSingleton<IEndpoint, CancelRunsEndpoint>();
        services.AddSingleton<IEndpoint, PauseFunctionEndpoint>();
        services.AddSingleton<IEndpoint, ResumeFunctionEndpoint>();
        services.AddSingleton<IEndpoint, RunActionsEndpoint>();
        services.AddSingleton<IEndpoint, RunBatchEndpoint>();
        services.AddSingleton<IEndpoint, CheckpointEndpoint>();
        services.AddSingleton<IEndpoint, SendSignalEndpoint>();
        services.AddSingleton<IEndpoint, GraphQlEndpoint>();
        return services;
    }
}
